// npm run bench -- [--goods N] [--json | --memory]: how fast the import is, in ratios within this one run (docs/performance.md).
import { Command } from 'commander'
import { printResults } from '@/scripts/bench/print'
import { runBench, runMemoryBench } from '@/scripts/bench/run'

const { goods, json, memory } = new Command('npm run bench --')
  .description('Measures reading, COPY and imports on data it generates; compares only what is measured in this run.')
  .option('--goods <n>', 'how many goods; about two offers come with each', Number, 9000)
  .option('--json', 'the last line is one JSON object of ratios')
  .option('--memory', "the worker's memory, by the size of a file of prices, and nothing else")
  .parse()
  .opts<{ goods: number; json?: boolean; memory?: boolean }>()

if (memory) {
  const peaks = await runMemoryBench((line) => console.log(line))
  for (const [size, peak] of peaks) console.log(`A prices file of ${size} MB: the worker's peak memory was ${peak} MB`)
  process.exit(0)
}
const results = await runBench(goods, (line) => console.log(line))
printResults(results)
if (json) {
  const ratios = Object.fromEntries(results.parts.map(({ name, ratios }) => [name, ratios]))
  console.log(
    JSON.stringify({ ratios, delta: results.delta, rss_mb: results.rssMb, reading_vs_saxes: results.readingVsSaxes }),
  )
}
process.exit(0)
