import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { RUN_IMPORT } from '@/lib/imports/job'
import { good, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { holdTable } from '@/tests/setup/hold-table'
import { emptyDatabase, query, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { runPool } from '@/worker/pool'
import { runImport } from '@/worker/tasks/run-import'

beforeEach(emptyDatabase)

async function startOne(id: string): Promise<{ sessionId: number }> {
  const source = temporaryDirectory()
  await writeExport(source, { goods: [good({ id })] })
  return start(['catalog'], source)
}

/** Runs a pool of this very process until the test ends. */
function startPool(onNote: () => void): void {
  const stop = new AbortController()
  const pool = runPool({ tasks: { [RUN_IMPORT]: runImport, note: async () => onNote() } }, stop.signal)
  onTestFinished(async () => {
    stop.abort()
    await pool
  })
}

test('several pools run one import at a time, and other jobs do not wait for it', async () => {
  const release = await holdTable('products')
  const first = await startOne('a')
  const behind = [await startOne('b'), await startOne('c')]
  let notes = 0
  for (let i = 0; i < 3; i++) startPool(() => notes++)
  await eventually(async () => expect((await sessionOf(first.sessionId)).currentStep).toBe('goods'))

  await query(`select from graphile_worker.add_job('note')`)
  await query(`select from graphile_worker.add_job('note', queue_name := 'notes')`)
  await eventually(() => expect(notes).toBe(2))

  for (const { sessionId } of behind) expect((await sessionOf(sessionId)).jobState).toBe('PENDING')
  await release()
  await eventually(async () => {
    for (const { sessionId } of [first, ...behind]) expect((await sessionOf(sessionId)).status).toMatch(/^COMPLETED/)
  })
  const runs = await query<{ startedAt: Date; finishedAt: Date }>(
    `select started_at as "startedAt", finished_at as "finishedAt" from import_attempts order by started_at`,
  )
  expect(runs).toHaveLength(3)
  for (const [i, run] of runs.slice(1).entries()) {
    expect(run.startedAt.getTime()).toBeGreaterThanOrEqual(runs[i]?.finishedAt.getTime() ?? Infinity)
  }
})
