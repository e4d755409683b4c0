import { database, type Transaction } from '@/lib/db'
import { settleOverdueCancels } from '@/lib/imports/cancel'
import { LOCK_IS_HELD } from '@/lib/imports/liveness'
import { movesTo, WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'

// No eternal «running» (DESIGN.md §3, promise 6): what a dead worker or a vanished job left behind is put right by any
// worker that lives. Each statement is guarded, so that two of them at once do the same as one.

export interface Recovered {
  /** Sessions that go on with another attempt. */
  resumed: number[]
  /** Sessions that failed, with the reason on them. */
  failed: number[]
}

/** Puts right what dead workers and vanished jobs left behind. */
export async function recoverSessions(): Promise<Recovered> {
  const resumed: number[] = []
  const failed: number[] = []
  // First: what is to be cancelled is not to be resumed.
  await settleOverdueCancels()
  for (const id of await deadWorkers()) {
    const result = await recoverFrom(id)
    resumed.push(...result.resumed)
    failed.push(...result.failed)
  }
  failed.push(...(await failAbandoned()))
  await freeOrphanedQueues()
  return { resumed, failed }
}

/** Workers whose heartbeat is old and whose advisory lock is free (worker/heartbeat.ts): gone, not just frozen. */
async function deadWorkers(): Promise<string[]> {
  const silent = await database().$queryRaw<{ id: string }[]>`
    select id from workers
    where stopped_at is null and seen_at < now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond'
      and not ${LOCK_IS_HELD}
    union
    -- One that took a job and died before its first heartbeat.
    select jobs.locked_by from graphile_worker.jobs
    where jobs.locked_at < now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond'
      and not exists (select from workers where workers.id = jobs.locked_by)`
  return silent.map(({ id }) => id)
}

/** A session that crashed its worker so often, one time after the other, is taken for the cause. */
const CRASHES_IN_A_ROW = 2

/** Frees a dead worker's jobs and queues. Its sessions go on; the attempt that died is not counted. */
const recoverFrom = (workerId: string): Promise<Recovered> =>
  database().$transaction(async (tx) => {
    await tx.worker.createMany({ data: { id: workerId, host: '', pid: 0 }, skipDuplicates: true })
    const { count } = await tx.worker.updateMany({
      where: { id: workerId, stoppedAt: null },
      data: { stoppedAt: new Date() },
    })
    if (count === 0) return { resumed: [], failed: [] }
    const jobs = await tx.$queryRaw<{ sessionId: number; jobId: bigint; attempts: number; crashes: number }[]>`
      select s.id as "sessionId", j.id as "jobId", j.attempts::int as "attempts",
        (select count(*)::int from import_attempts as a
         where a.session_id = s.id and a.crashed
           and not exists (select from import_attempts as b
             where b.session_id = s.id and b.started_at > a.started_at and b.finished_at is not null and not b.crashed)
        ) as "crashes"
      from graphile_worker.jobs as j join import_sessions as s on s.job_id = j.id
      where j.locked_by = ${workerId} and s.status in ('STARTED', 'IN_PROGRESS')`
    await tx.$executeRaw`select from graphile_worker.force_unlock_workers(array[${workerId}])`
    const resumed: number[] = []
    const failed: number[] = []
    for (const { sessionId, jobId, attempts, crashes } of jobs) {
      // From here on the dead attempt can write nothing, should it be alive after all.
      await tx.importSession.update({ where: { id: sessionId }, data: { attemptToken: null }, select: { id: true } })
      await tx.importAttempt.updateMany({
        where: { sessionId, finishedAt: null },
        data: { finishedAt: new Date(), crashed: true, error: 'Обработчик пропал, не закончив попытку.' },
      })
      if (crashes + 1 < CRASHES_IN_A_ROW) {
        // Its run_at is as it was: it keeps its place before those that queued up behind it.
        await tx.$executeRaw`
          select from graphile_worker.reschedule_jobs(array[${jobId}::bigint], attempts := ${attempts - 1}::int)`
        resumed.push(sessionId)
      } else {
        await tx.$executeRaw`select from graphile_worker.complete_jobs(array[${jobId}::bigint])`
        const message =
          `Обработчик дважды подряд пропал во время этого импорта. Начатый этап не применён. ` +
          `Посмотрите в журнале [Task ${jobId}], хватает ли серверу памяти, и запустите импорт ещё раз.`
        failed.push(...(await failSessions(tx, [{ sessionId, message }])))
      }
    }
    return { resumed, failed }
  })

/** A job is committed with its session; one that is gone so long after has vanished. */
const JOB_GRACE = '30 seconds'

/** Fails active sessions whose job is gone from the queue, or has used up its attempts without settling them. */
const failAbandoned = (): Promise<number[]> =>
  database().$transaction(async (tx) => {
    const abandoned = await tx.$queryRaw<{ sessionId: number; message: string }[]>`
      select s.id as "sessionId",
        case when j.id is null
          then 'Задача исчезла из очереди, не закончив импорт. Начатый этап не применён. Запустите импорт ещё раз.'
          else coalesce(s.error_message, 'Попытки закончились: ' || coalesce(j.last_error, 'причина неизвестна'))
        end as "message"
      from import_sessions as s left join graphile_worker.jobs as j on j.id = s.job_id
      where s.status in ('STARTED', 'IN_PROGRESS') and s.created_at < now() - ${JOB_GRACE}::interval
        and (j.id is null or (j.locked_at is null and j.attempts >= j.max_attempts))`
    return failSessions(tx, abandoned)
  })

/** A queue is freed with the row of its job; where that row was deleted under a running worker, nobody would. */
const freeOrphanedQueues = (): Promise<number> =>
  database().$executeRaw`
    select from graphile_worker.force_unlock_workers(array(
      select q.locked_by from graphile_worker._private_job_queues as q
      where q.locked_at < now() - ${JOB_GRACE}::interval
        and not exists (select from graphile_worker.jobs as j where j.locked_by = q.locked_by)
    ))`

async function failSessions(
  tx: Transaction,
  sessions: readonly { sessionId: number; message: string }[],
): Promise<number[]> {
  const failed: number[] = []
  for (const { sessionId, message } of sessions) {
    const { count } = await tx.importSession.updateMany({
      where: { id: sessionId, status: { in: movesTo('FAILED') } },
      data: { status: 'FAILED', attemptToken: null, finishedAt: new Date(), errorMessage: message, currentFile: null },
    })
    if (count > 0) failed.push(sessionId)
    await tx.importStep.updateMany({
      where: { sessionId, status: 'RUNNING' },
      data: { status: 'FAILED', finishedAt: new Date() },
    })
    await tx.importAttempt.updateMany({
      where: { sessionId, finishedAt: null },
      data: { finishedAt: new Date(), error: message },
    })
  }
  return failed
}
