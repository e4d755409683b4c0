// npm run soak -- [--minutes N] [--pages N]: imports, cancels, kills of workers and watching pages, for as long as is said;
// whether anything grows, hangs or is lost (docs/reliability.md). Needs a build (`npm run build`).
import { Command } from 'commander'
import { runSoak } from '@/scripts/soak/run'

const { minutes, pages } = new Command('npm run soak --')
  .description('Imports, cancels, restarts workers and watches, on a database and servers of its own.')
  .option('--minutes <n>', 'for how long', Number, 5)
  .option('--pages <n>', 'how many windows watch', Number, 200)
  .parse()
  .opts<{ minutes: number; pages: number }>()

const faults = await runSoak({ minutes, pages, say: (line) => console.log(line) })
for (const fault of faults) console.error(`FAILED: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
