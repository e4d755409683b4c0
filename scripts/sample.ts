// npm run sample -- --out DIR --goods N …: writes a made-up export of a sports wholesaler.
import path from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ENCODINGS, type Encoding } from '@/scripts/sample/encoding'
import { generateExport } from '@/scripts/sample/generate'
import { LAYOUT_NAMES, type LayoutName, writeSample } from '@/scripts/sample/write'

const wholeNumber = (text: string) => {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('A whole number is wanted.')
  return Number(text)
}
const share = (text: string) => {
  const number = Number(text)
  if (!/^[\d.]+$/.test(text) || !(number <= 1)) throw new InvalidArgumentError('A share is wanted: 0…1.')
  return number
}

interface Options {
  out: string
  goods: number
  seed: number
  layout: LayoutName
  encoding?: Encoding
  goodsPerFile?: number
  delta?: number
  full?: boolean
  pictures?: boolean
  customers?: number
  errors?: number
}

const { out, layout, encoding, goodsPerFile, delta, ...options } = new Command('npm run sample --')
  .description('Writes a realistic CommerceML export; the same options give the same bytes.')
  .requiredOption('--out <dir>', 'where to write it; an export that lies there is replaced')
  .option('--goods <n>', 'how many goods; about two offers come with each', wholeNumber, 300)
  .option('--seed <n>', 'another number gives other goods', wholeNumber, 1)
  .addOption(new Option('--layout <name>', 'how it is spread over files').choices(LAYOUT_NAMES).default('split31'))
  .addOption(new Option('--encoding <name>', 'as 1C writes the layout when left out').choices(ENCODINGS))
  .option('--goods-per-file <n>', 'numbered parts, in the classic layout', wholeNumber)
  .addOption(
    new Option('--delta <share>', 'only this share of the goods, changed since the same sample without it')
      .argParser(share)
      .conflicts('full'),
  )
  .option('--full', 'the export speaks for everything: what it does not mention is gone')
  .option('--pictures', 'with pictures, and files for them')
  .option('--customers <n>', 'with so many customers', wholeNumber)
  .option('--errors <share>', 'a share of rows that cannot be imported as they are', share)
  .parse()
  .opts<Options>()

const directory = path.resolve(out)
const startedAt = performance.now()
const model = generateExport({ ...options, changed: delta })
const files = await writeSample(directory, model, { layout, encoding, goodsPerFile })
const seconds = (performance.now() - startedAt) / 1000
const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
console.log(`${directory}: ${files.length} files, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s`)
