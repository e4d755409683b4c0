// npm run bench:pages -- [--json]: how fast the pages are, and how little they cost (docs/performance.md).
import { Command } from 'commander'
import { measureLatency } from '@/scripts/bench-pages/latency'
import { measureList } from '@/scripts/bench-pages/list'
import { measureRefresh } from '@/scripts/bench-pages/refresh'
import { withBench } from '@/scripts/bench-pages/site'
import { measureViewers } from '@/scripts/bench-pages/viewers'

const { sessions, requests, skipList, json } = new Command('npm run bench:pages --')
  .description('Measures the pages over HTTP, a production build on a PostgreSQL of its own, with a signed-in user.')
  .option('--sessions <n>', 'how many sessions the long history has; the short one has a thousand', Number, 1_000_000)
  .option('--requests <n>', 'requests of each page to each of the two histories', Number, 100)
  .option('--skip-list', 'only what open pages cost, without filling a long history')
  .option('--json', 'the last line is one JSON object')
  .parse()
  .opts<{ sessions: number; requests: number; skipList?: boolean; json?: boolean }>()

/** One file a measure; each returns what it adds to the last line. */
const results = await withBench(async (bench) => ({
  ...(skipList ? {} : await measureList(bench, { sessions, requests })),
  ...(await measureRefresh(bench)),
  ...(await measureLatency(bench)),
  ...(await measureViewers(bench)),
}))
if (json) console.log(JSON.stringify(results))
process.exit(0)
