// npm run soak -- [--minutes N] [--pages N] [--webs N] [--workers N]: imports, cancels, restarts and watching pages;
// whether anything grows, hangs or is lost (docs/reliability.md). Needs a build (`npm run build`).
import { Command } from 'commander'
import { runSoak } from '@/scripts/soak/run'

const { minutes, pages, webs, workers } = new Command('npm run soak --')
  .description('Imports, cancels, restarts workers and watches, on a database and servers of its own.')
  .option('--minutes <n>', 'for how long', Number, 5)
  .option('--pages <n>', 'how many windows watch', Number, 200)
  .option('--webs <n>', 'how many web servers', Number, 1)
  .option('--workers <n>', 'how many workers', Number, 2)
  .parse()
  .opts<{ minutes: number; pages: number; webs: number; workers: number }>()

const faults = await runSoak({ minutes, pages, webs, workers, say: (line) => console.log(line) })
for (const fault of faults) console.error(`FAILED: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
