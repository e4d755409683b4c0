import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { isAnyWorkerAlive } from '@/lib/imports/queries'
import { recoverSessions } from '@/lib/imports/recovery'
import { eventually } from '@/tests/setup/eventually'
import { importUndisturbed, mustRecover, reaches, startImports } from '@/tests/setup/faults'
import { holdTable } from '@/tests/setup/hold-table'
import { query, sessionOf } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const JUMPING_CLOCK = pathToFileURL(path.resolve('tests/setup/jumping-clock.mjs')).href

/** As if PostgreSQL's clock had jumped: all that it has written lies further back, or ahead. */
async function jumpDatabaseClock(by: '1 hour' | '-1 hour'): Promise<void> {
  await query(`update workers set seen_at = seen_at - $1::interval, started_at = started_at - $1::interval`, [by])
  await query(
    `update graphile_worker._private_jobs set locked_at = locked_at - $1::interval, run_at = run_at - $1::interval`,
    [by],
  )
  await query(`update graphile_worker._private_job_queues set locked_at = locked_at - $1::interval`, [by])
  await query(`update import_sessions set created_at = created_at - $1::interval`, [by])
}

test('clocks that jump, the worker’s and then PostgreSQL’s, stop no import and take no live worker for dead', {
  timeout: 300_000,
}, async () => {
  const undisturbed = await importUndisturbed(temporaryDirectory(), 300)
  await startWorker({ NODE_OPTIONS: `--import ${JUMPING_CLOCK}` })

  const first = await startImports(undisturbed.source)
  await mustRecover('a worker whose clock jumps', first, { before: 0, since: performance.now() }, undisturbed)
  expect(await isAnyWorkerAlive()).toBe(true)
  for (const id of Object.values(first)) {
    const { createdAt, startedAt, finishedAt, attempts } = await sessionOf(id)
    expect(attempts).toHaveLength(1)
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(createdAt.getTime())
    expect(finishedAt?.getTime()).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Infinity)
  }

  for (const by of ['1 hour', '-1 hour'] as const) {
    const imports = await startImports(undisturbed.source)
    const release = await holdTable('product_variants')
    await reaches(imports.sessionId, 0.5)
    await jumpDatabaseClock(by)
    // What any worker does next, and then the held one's next heartbeat.
    expect(await recoverSessions()).toEqual({ resumed: [], failed: [] })
    await eventually(async () => expect(await isAnyWorkerAlive()).toBe(true))
    await eventually(async () => expect((await sessionOf(imports.sessionId)).jobState).toBe('STARTED'))
    await release()
    await mustRecover(
      `PostgreSQL's clock jumps by ${by}`,
      imports,
      { before: 0, since: performance.now() },
      undisturbed,
    )
    expect((await sessionOf(imports.sessionId)).attempts).toHaveLength(1)
  }
})
