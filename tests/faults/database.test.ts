import { expect, test } from 'vitest'
import { eventually } from '@/tests/setup/eventually'
import { FULL, importUndisturbed, mustRecover, reaches, startImports } from '@/tests/setup/faults'
import { query, sessionOf } from '@/tests/setup/imports'
import { serveOwnPostgres } from '@/tests/setup/own-postgres'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const postgres = serveOwnPostgres()

const FAULTS: Record<string, () => Promise<unknown>> = {
  'fast restart of PostgreSQL': () => postgres.restart('fast', 1_000),
  'immediate restart of PostgreSQL': () => postgres.restart('immediate', 1_000),
  'all backends killed': () =>
    query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    ),
  // Longer than a worker may be silent: nobody must be taken for dead when the server is back.
  ...(FULL ? { 'PostgreSQL away for 40 s': () => postgres.restart('fast', 40_000) } : {}),
}

test('a database that goes away in the middle of an import', { timeout: FULL ? 3_600_000 : 180_000 }, async () => {
  const undisturbed = await importUndisturbed(temporaryDirectory())
  const worker = await startWorker()
  for (const [fault, strike] of Object.entries(FAULTS)) {
    for (const moment of FULL ? [0.05, 0.2, 0.4, 0.6, 0.9] : [0.2 + Math.random() * 0.6]) {
      const imports = await startImports(undisturbed.source)
      await reaches(imports.sessionId, moment)
      const { attempts } = await sessionOf(imports.sessionId)
      await strike()
      const since = performance.now()
      const when = `${fault} at ${moment.toFixed(3)}`
      await eventually(() => query('select 1'))
      // Its place in the queue it keeps as a rule, but not where graphile-worker's own pool broke off too.
      await mustRecover(when, imports, { before: attempts.length, since }, undisturbed, false)
      expect(await query(`select from import_attempts where crashed`), when).toEqual([])
    }
  }
  // The same process, whatever its pools went through.
  expect(await worker.stop('SIGTERM')).toBe(0)
})
