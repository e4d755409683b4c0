import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database } from '@/lib/db'
import type { ImportEvent } from '@/lib/events/import-event'
import { isActive } from '@/lib/imports/status'
import type { ImportType, SessionStatus } from '@/prisma/client/enums'

// What an operator does to a session beside starting and cancelling it. Each is guarded in SQL: of two at once one does
// it, and the other finds it done.

export type RetryNowResult =
  /** `due`: the next attempt has begun or is about to. */
  { ok: true; outcome: 'retried' | 'due' } | { ok: false; reason: 'gone' | 'not_waiting' }

/** Has the next attempt of a session that waits for one made at once. */
export const retryNow = (sessionId: number, actor: Actor): Promise<RetryNowResult> =>
  database().$transaction(async (tx) => {
    const session = await tx.importSession.findUnique({
      where: { id: sessionId },
      select: { jobId: true, status: true },
    })
    if (!session) return { ok: false, reason: 'gone' }
    await tx.$queryRaw`select id from graphile_worker._private_jobs where id = ${session.jobId} for update`
    // By the clock, not by now(): another may have had it retried since this transaction began.
    const [job] = await tx.$queryRaw<{ waits: boolean; isDue: boolean }[]>`
      select
        locked_at is null and attempts < max_attempts and run_at > clock_timestamp() as "waits",
        locked_at is not null or (attempts < max_attempts and run_at <= clock_timestamp()) as "isDue"
      from graphile_worker.jobs where id = ${session.jobId} and attempts > 0`
    if (!job || !isActive(session.status)) return { ok: false, reason: 'not_waiting' }
    if (!job.waits) return job.isDue ? { ok: true, outcome: 'due' } : { ok: false, reason: 'not_waiting' }
    await tx.$executeRaw`select from graphile_worker.reschedule_jobs(array[${session.jobId}::bigint], run_at := now())`
    // The queue itself tells nobody, and pages would see it only at its next look.
    const event: ImportEvent = { kind: 'job', session: sessionId }
    await tx.$executeRaw`select pg_notify('imports', ${JSON.stringify(event)})`
    await recordAudit(tx, actor, 'import.retried_now', { subject: sessionId })
    return { ok: true, outcome: 'retried' }
  })

export type DeleteResult = { ok: true } | { ok: false; reason: 'gone' | 'active' }

/** Deletes a settled session and all that is kept of it, never an active one. The catalogue stays as it is. */
export const deleteSession = (sessionId: number, actor: Actor): Promise<DeleteResult> =>
  database().$transaction(async (tx) => {
    const [deleted] = await tx.$queryRaw<{ types: ImportType[]; status: SessionStatus; jobId: bigint | null }[]>`
      delete from import_sessions where id = ${sessionId} and status not in ('STARTED', 'IN_PROGRESS')
      returning types::text[] as "types", status::text as "status", job_id as "jobId"`
    if (!deleted) {
      const left = await tx.importSession.findUnique({ where: { id: sessionId }, select: { id: true } })
      return { ok: false, reason: left ? 'active' : 'gone' }
    }
    // A job that used up its attempts stays in the queue for good.
    if (deleted.jobId !== null) {
      await tx.$executeRaw`select from graphile_worker.complete_jobs(array[${deleted.jobId}::bigint])`
    }
    const { types, status } = deleted
    await recordAudit(tx, actor, 'import.deleted', { subject: sessionId, details: { types, status } })
    return { ok: true }
  })
