import { beforeEach, describe, expect, test } from 'vitest'
import { ClaimLostError, claimSession } from '@/lib/imports/lifecycle'
import { recoverSessions } from '@/lib/imports/recovery'
import { good, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { holdTable } from '@/tests/setup/hold-table'
import { catalogue, emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

/** As if 31 seconds had gone by since the last heartbeat of every worker but the live ones, which beat on. */
const ageHeartbeats = () => query(`update workers set seen_at = seen_at - interval '31 seconds'`)

async function exportOf(ids: string[]): Promise<string> {
  const source = temporaryDirectory()
  await writeExport(source, { goods: ids.map((id) => good({ id })) })
  return source
}

/** Starts an import that stops in the middle of the step «goods», and kills its worker there. */
async function killInTheMiddle(sessionId: number, worker: Awaited<ReturnType<typeof startWorker>>): Promise<void> {
  await eventually(async () => expect((await sessionOf(sessionId)).currentStep).toBe('goods'))
  await worker.stop('SIGKILL')
}

describe('a worker that was killed', () => {
  test('is noticed, its session goes on with another attempt, and the queue behind it moves', async () => {
    const release = await holdTable('product_variants')
    const { sessionId } = await start(['catalog'], await exportOf(['a']))
    const behind = await start(['catalog'], await exportOf(['b']))
    await killInTheMiddle(sessionId, await startWorker())
    await ageHeartbeats()
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'IN_PROGRESS', jobState: 'LOST' })
    expect((await catalogue()).products).toEqual([])

    await release()
    await startWorker()

    await eventually(async () => expect(await sessionOf(behind.sessionId)).toMatchObject({ status: 'COMPLETED' }))
    const session = await sessionOf(sessionId)
    expect(session).toMatchObject({ status: 'COMPLETED', errorMessage: null })
    expect(session.attempts.map(({ number, error }) => [number, error])).toEqual([
      [1, 'Обработчик пропал, не закончив попытку.'],
      [1, null],
    ])
    expect(await query(`select onec_id from products order by 1`)).toEqual([{ onec_id: 'a' }, { onec_id: 'b' }])
  })

  test('twice in a row by the same session: the session fails with the reason', async () => {
    const release = await holdTable('product_variants')
    const { sessionId } = await start(['catalog'], await exportOf(['a']))
    await killInTheMiddle(sessionId, await startWorker())
    await ageHeartbeats()
    const second = await startWorker()
    await eventually(async () => expect((await sessionOf(sessionId)).attempts).toHaveLength(2))
    // The queue has given the first one back: it may try as often as before.
    expect(await sessionOf(sessionId)).toMatchObject({ attempt: 2, maxAttempts: 5 })
    await killInTheMiddle(sessionId, second)
    await ageHeartbeats()

    expect(await recoverSessions()).toEqual({ resumed: [], failed: [sessionId] })

    await release()
    const session = await sessionOf(sessionId)
    expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
    expect(session.errorMessage).toContain('дважды подряд')
    expect((await catalogue()).products).toEqual([])
  })
})

test('a worker that beats, or whose lock is held, is left alone', async () => {
  const release = await holdTable('product_variants')
  const { sessionId } = await start(['catalog'], await exportOf(['a']))
  const worker = await startWorker()
  await eventually(async () => expect((await sessionOf(sessionId)).currentStep).toBe('goods'))
  expect(await recoverSessions()).toEqual({ resumed: [], failed: [] })
  // Frozen: silent, but its connections, and with them its lock, are still there.
  process.kill(worker.pid, 'SIGSTOP')
  await ageHeartbeats()
  expect(await recoverSessions()).toEqual({ resumed: [], failed: [] })
  process.kill(worker.pid, 'SIGCONT')
  await release()
  await eventually(async () => expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED' }))
})

test('a worker that was given up can claim nothing more, though it took a job before', async () => {
  const { sessionId, jobId } = await start(['catalog'], await exportOf(['a']))
  await query(
    `update graphile_worker._private_jobs set attempts = 1, locked_by = 'frozen', locked_at = now() - interval '31 seconds'`,
  )
  await query(`insert into workers (id, host, pid, seen_at) values ('frozen', '', 0, now() - interval '31 seconds')`)

  expect(await recoverSessions()).toEqual({ resumed: [sessionId], failed: [] })

  await expect(claimSession(sessionId, { id: jobId, attempt: 1, workerId: 'frozen' })).rejects.toThrow(ClaimLostError)
  expect(await sessionOf(sessionId)).toMatchObject({ status: 'STARTED', jobState: 'PENDING', attempt: 0 })
})

test('a queue whose job is gone is freed, though its worker has other jobs; one at work is left alone', async () => {
  await start(['catalog'], await exportOf(['a']))
  const queueLock = `update graphile_worker._private_job_queues set locked_by = 'pool', locked_at = now() - interval '31 seconds'`
  const isFree = async () =>
    (await query(`select from graphile_worker._private_job_queues where locked_at is null`)).length === 1
  await query(`insert into workers (id, host, pid) values ('pool', '', 0)`)
  await query(`update graphile_worker._private_jobs set locked_by = 'pool', locked_at = now()`)
  await query(queueLock)
  await recoverSessions()
  expect(await isFree()).toBe(false)

  await query(`update graphile_worker._private_jobs set job_queue_id = null`)
  await recoverSessions()
  expect(await isFree()).toBe(true)
})

test('a job that is due in an hour, since PostgreSQL’s clock has jumped back, is due now', async () => {
  await start(['catalog'], await exportOf(['a']))
  await query(`update graphile_worker._private_jobs set run_at = now() + interval '1 hour'`)
  await recoverSessions()
  expect(await query(`select from graphile_worker.jobs where run_at <= now()`)).toHaveLength(1)
})

describe('a session whose job cannot settle it any more', () => {
  test('fails when the job has vanished', async () => {
    const { sessionId, jobId } = await start(['catalog'], await exportOf(['a']))
    await query(`select from graphile_worker.complete_jobs(array[$1::bigint])`, [jobId])
    expect(await recoverSessions()).toEqual({ resumed: [], failed: [] })
    await query(`update import_sessions set created_at = created_at - interval '31 seconds'`)
    expect(await sessionOf(sessionId)).toMatchObject({ jobState: 'LOST' })

    expect(await recoverSessions()).toEqual({ resumed: [], failed: [sessionId] })

    const session = await sessionOf(sessionId)
    expect(session.status).toBe('FAILED')
    expect(session.errorMessage).toContain('исчезла из очереди')
  })

  test('fails when the job has used up its attempts', async () => {
    const { sessionId, jobId } = await start(['catalog'], await exportOf(['a']))
    await query(`select from graphile_worker.permanently_fail_jobs(array[$1::bigint], 'память кончилась')`, [jobId])
    await query(`update import_sessions set created_at = created_at - interval '31 seconds'`)

    expect(await recoverSessions()).toEqual({ resumed: [], failed: [sessionId] })
    expect((await sessionOf(sessionId)).errorMessage).toContain('память кончилась')
  })
})

test('a settled session is never touched', async () => {
  const { sessionId } = await start(['catalog'], await exportOf(['a']))
  await runDueJobs()
  await query(`update import_sessions set created_at = created_at - interval '31 seconds'`)
  expect(await recoverSessions()).toEqual({ resumed: [], failed: [] })
  expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED' })
})
