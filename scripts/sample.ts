// npm run sample -- --out DIR --goods N [--seed S]: writes a made-up export of a sports wholesaler.
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { generateExport } from '@/scripts/sample/generate'
import { writeSplit31 } from '@/scripts/sample/split31'

const wholeNumber = (text: string) => {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('A whole number is wanted.')
  return Number(text)
}

const options = new Command('npm run sample --')
  .description('Writes a realistic CommerceML 3.1 export; the same numbers give the same bytes.')
  .requiredOption('--out <dir>', 'where to write it; an export that lies there is replaced')
  .option('--goods <n>', 'how many goods; about two offers come with each', wholeNumber, 300)
  .option('--seed <n>', 'another number gives other goods', wholeNumber, 1)
  .parse()
  .opts<{ out: string; goods: number; seed: number }>()

const directory = path.resolve(options.out)
const startedAt = performance.now()
const files = await writeSplit31(directory, generateExport(options))
const seconds = (performance.now() - startedAt) / 1000
const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
console.log(`${directory}: ${files.length} files, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s`)
