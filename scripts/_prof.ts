import { Logger, runOnce } from 'graphile-worker'
import { startImport } from '@/lib/imports/commands'
import { RUN_IMPORT } from '@/lib/imports/job'
import { runImport } from '@/worker/tasks/run-import'

const [types, source] = process.argv.slice(2)

import pg from 'pg'

const oq = pg.Client.prototype.query as any
const T: any[] = []
;(pg.Client.prototype as any).query = function (...a: any[]) {
  const t = performance.now()
  const r = oq.apply(this, a)
  if (r?.then)
    return r.then((x: any) => {
      const d = performance.now() - t
      if (d > 60)
        T.push([
          d | 0,
          String(a[0].text ?? a[0])
            .replace(/\s+/g, ' ')
            .slice(0, 110),
        ])
      return x
    })
  return r
}
process.on('exit', () => T.forEach((x) => console.log(x.join(' '))))
const r = await startImport({ types: types!.split(',') as never, source: source!, userId: null })
console.log(r)
await runOnce({
  connectionString: process.env.DATABASE_URL!,
  taskList: { [RUN_IMPORT]: runImport },
  noHandleSignals: true,
  logger: new Logger(() => () => {}),
})
process.exit(0)
