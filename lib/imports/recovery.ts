import { database, databaseTime, type Transaction } from '@/lib/db'
import { settleOverdueCancels } from '@/lib/imports/cancel'
import { LOCK_IS_HELD, lockIsHeld } from '@/lib/imports/liveness'
import type { Sentence } from '@/lib/imports/sentence'
import { movesTo, WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { attemptError, sessionError } from '@/lib/imports/stored-error'
import { type WorkerSign, WorkerWatch } from '@/lib/imports/worker-watch'
import { Prisma } from '@/prisma/client/client'

// No eternal «running» (DESIGN.md §3, promise 6): what a dead or frozen worker or a vanished job left behind is put right
// by any worker that lives. Each statement is guarded, so that two of them at once do the same as one.

export interface Recovered {
  /** Sessions that go on with another attempt. */
  resumed: number[]
  /** Sessions that failed, with the reason on them. */
  failed: number[]
}

/** Puts right what lost workers and vanished jobs left behind. `watch`: what this process has seen before. */
export async function recoverSessions(watch = new WorkerWatch()): Promise<Recovered> {
  const resumed: number[] = []
  const failed: number[] = []
  // First: what is to be cancelled is not to be resumed.
  await settleOverdueCancels()
  const lost = [...watch.look(await workerSigns()), ...(await strangers())]
  for (const id of lost) {
    const result = await giveUpWorker(id)
    resumed.push(...result.resumed)
    failed.push(...result.failed)
  }
  failed.push(...(await failAbandoned()))
  await freeOrphanedQueues()
  await pullForward()
  return { resumed, failed }
}

/** The heartbeat and the advisory lock (worker/heartbeat.ts) of every worker that has not said goodbye. */
const workerSigns = () => database().$queryRaw<WorkerSign[]>`
  select id, seen_at::text as "beat",
    seen_at < now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond' as "isStale",
    ${LOCK_IS_HELD} as "isLocked"
  from workers where stopped_at is null`

/** What is older than this is not on its way to something else; nor is what lies ahead, after a clock has jumped back. */
const GRACE = '30 seconds'

/** Those who hold a job without being known, or after they were given up or said goodbye. */
async function strangers(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`
    select distinct jobs.locked_by as "id"
    from graphile_worker.jobs left join workers on workers.id = jobs.locked_by
    where jobs.locked_at not between now() - ${GRACE}::interval and now() + ${GRACE}::interval
      and (workers.id is null and not ${lockIsHeld(Prisma.sql`jobs.locked_by`)}
        or workers.stopped_at not between now() - ${GRACE}::interval and now() + ${GRACE}::interval)`
  return rows.map(({ id }) => id)
}

/** A session that crashed its worker so often, one time after the other, is taken for the cause. */
const CRASHES_IN_A_ROW = 2

/** Gives a worker up: from then on it can write nothing more. Its sessions go on; the attempt that died is not counted. */
async function giveUpWorker(id: string): Promise<Recovered> {
  await endConnections(id)
  return takeOver(id, true, { key: 'worker.gone' })
}

/**
 * For a worker whose own pool broke off, with the database as a rule: gives back what it held. The attempts count, like
 * others that failed.
 */
export const giveBackJobs = (workerId: string): Promise<Recovered> =>
  takeOver(workerId, false, { key: 'database.lost' })

/** A frozen process keeps its transactions open, and a killed one a statement that runs: they would hold up the next attempt. */
const endConnections = (workerId: string): Promise<number> => database().$executeRaw`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and usename = current_user
    and (application_name = ${`obmen worker ${workerId}`} or application_name in (
      select 'obmen import ' || s.id from import_sessions as s join graphile_worker.jobs as j on j.id = s.job_id
      where j.locked_by = ${workerId}
    ))`

interface HeldJob {
  sessionId: number
  jobId: bigint
  attempts: number
  crashes: number
}

const takeOver = (workerId: string, crashed: boolean, reason: Sentence): Promise<Recovered> =>
  database().$transaction(async (tx) => {
    const now = await databaseTime(tx)
    // Whoever comes second waits for this row and finds nothing left to do; so does the worker's own next claim.
    await tx.$executeRaw`
      insert into workers (id, host, pid, started_at, seen_at, stopped_at) values (${workerId}, '', 0, ${now}, ${now}, ${now})
      on conflict (id) do update set stopped_at = coalesce(workers.stopped_at, excluded.stopped_at)`
    const jobs = await tx.$queryRaw<HeldJob[]>`
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
      // From here on the attempt can write nothing, should it be alive after all.
      await tx.importSession.updateMany({
        where: { id: sessionId, attemptToken: { not: null } },
        data: { attemptToken: null, currentFile: null, ...sessionError(reason) },
      })
      await tx.importAttempt.updateMany({
        where: { sessionId, finishedAt: null },
        data: { finishedAt: now, crashed, ...attemptError(reason) },
      })
      if (!crashed) {
        resumed.push(sessionId)
      } else if (crashes + 1 < CRASHES_IN_A_ROW) {
        // Its run_at is as it was: it keeps its place before those that queued up behind it.
        await tx.$executeRaw`
          select from graphile_worker.reschedule_jobs(array[${jobId}::bigint], attempts := ${Math.max(0, attempts - 1)}::int)`
        resumed.push(sessionId)
      } else {
        await tx.$executeRaw`select from graphile_worker.complete_jobs(array[${jobId}::bigint])`
        const error: Sentence = { key: 'worker.goneTwice', values: { job: String(jobId) } }
        failed.push(...(await failSessions(tx, [{ sessionId, error }])))
      }
    }
    return { resumed, failed }
  })

/**
 * Fails active sessions whose job is gone from the queue, or has used up its attempts without settling them. (A worker
 * that stops gives the attempt back a moment after the job.)
 */
const failAbandoned = (): Promise<number[]> =>
  database().$transaction(async (tx) => {
    const abandoned = await tx.$queryRaw<Abandoned[]>`
      select s.id as "sessionId", j.id is not null as "hasJob", s.error_message is not null as "hasError", j.last_error as "lastError"
      from import_sessions as s left join graphile_worker.jobs as j on j.id = s.job_id
      where s.status in ('STARTED', 'IN_PROGRESS') and s.created_at not between now() - ${GRACE}::interval and now() + ${GRACE}::interval
        and (j.id is null or (
          j.locked_at is null and j.attempts >= j.max_attempts
          and not exists (select from import_attempts as a
            where a.session_id = s.id and a.finished_at between now() - ${GRACE}::interval and now() + ${GRACE}::interval)
        ))`
    return failSessions(
      tx,
      abandoned.map((session) => ({ sessionId: session.sessionId, error: whyAbandoned(session) })),
    )
  })

interface Abandoned {
  sessionId: number
  hasJob: boolean
  hasError: boolean
  lastError: string | null
}

/** Null: the session says it already. */
function whyAbandoned({ hasJob, hasError, lastError }: Abandoned): Sentence | null {
  if (!hasJob) return { key: 'job.vanished' }
  if (hasError) return null
  return { key: 'job.attemptsUsedUp', values: { error: lastError ?? { key: 'job.unknownReason' } } }
}

/** A queue is freed with the row of its job; where that row was deleted under a running worker, nobody would. */
const freeOrphanedQueues = (): Promise<number> => database().$executeRaw`
  update graphile_worker._private_job_queues as q set locked_by = null, locked_at = null
  where q.locked_at not between now() - ${GRACE}::interval and now() + ${GRACE}::interval
    and not exists (select from graphile_worker._private_jobs as j where j.job_queue_id = q.id and j.locked_at is not null)`

/** No import waits longer than this for its next attempt. */
const LONGEST_WAIT = '2 minutes'

/** When PostgreSQL's clock has jumped back, what is due «now» lies ahead. */
const pullForward = (): Promise<number> => database().$executeRaw`
  select from graphile_worker.reschedule_jobs(array(
    select j.id from graphile_worker.jobs as j join import_sessions as s on s.job_id = j.id
    where s.status in ('STARTED', 'IN_PROGRESS') and j.locked_at is null and j.run_at > now() + ${LONGEST_WAIT}::interval
  ), run_at := now())`

async function failSessions(
  tx: Transaction,
  sessions: readonly { sessionId: number; error: Sentence | null }[],
): Promise<number[]> {
  const failed: number[] = []
  if (sessions.length === 0) return failed
  const finishedAt = await databaseTime(tx)
  for (const { sessionId, error } of sessions) {
    const { count } = await tx.importSession.updateMany({
      where: { id: sessionId, status: { in: movesTo('FAILED') } },
      data: { status: 'FAILED', attemptToken: null, finishedAt, currentFile: null, ...(error && sessionError(error)) },
    })
    if (count > 0) failed.push(sessionId)
    await tx.importStep.updateMany({
      where: { sessionId, status: 'RUNNING' },
      data: { status: 'FAILED', finishedAt },
    })
    await tx.importAttempt.updateMany({
      where: { sessionId, finishedAt: null },
      data: { finishedAt, ...(error && attemptError(error)) },
    })
  }
  return failed
}
