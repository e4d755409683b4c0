// npm run soak -- [--minutes N] [--pages N] [--webs N] [--workers N] [--no-restarts]: imports, cancels, restarts and watching pages;
// whether anything grows, hangs or is lost (docs/reliability.md). Needs a build (`npm run build`).
import { Command } from 'commander'
import { runSoak } from '@/scripts/soak/run'

const options = new Command('npm run soak --')
  .description('Imports, cancels, restarts workers and watches, on a database and servers of its own.')
  .option('--minutes <n>', 'for how long', Number, 5)
  .option('--pages <n>', 'how many windows watch', Number, 200)
  .option('--webs <n>', 'how many web servers', Number, 1)
  .option('--workers <n>', 'how many workers', Number, 2)
  .option('--no-restarts', 'nothing is stopped, killed or restarted: what one worker takes in a long life')
  .parse()
  .opts<{ minutes: number; pages: number; webs: number; workers: number; restarts: boolean }>()

const faults = await runSoak({ ...options, say: (line) => console.log(line) })
for (const fault of faults) console.error(`FAILED: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
