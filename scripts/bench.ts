// npm run bench -- [--goods N] [--json]: how fast the import is, in ratios within this one run (docs/performance.md).
import { Command } from 'commander'
import { printResults } from '@/scripts/bench/print'
import { runBench } from '@/scripts/bench/run'

const { goods, json } = new Command('npm run bench --')
  .description('Measures reading, COPY and imports on data it generates; compares only what is measured in this run.')
  .option('--goods <n>', 'how many goods; about two offers come with each', Number, 9000)
  .option('--json', 'the last line is one JSON object of ratios')
  .parse()
  .opts<{ goods: number; json?: boolean }>()

const results = await runBench(goods, (line) => console.log(line))
printResults(results)
if (json) {
  const ratios = Object.fromEntries(results.parts.map(({ name, ratios }) => [name, ratios]))
  console.log(
    JSON.stringify({ ratios, delta: results.delta, rss_mb: results.rssMb, reading_vs_saxes: results.readingVsSaxes }),
  )
}
process.exit(0)
