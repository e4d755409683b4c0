import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database, type Transaction } from '@/lib/db'
import { inRussian } from '@/lib/imports/in-russian'
import { IS_HEARD, LOCK_IS_HELD } from '@/lib/imports/liveness'
import type { Sentence } from '@/lib/imports/sentence'
import { isActive, movesTo } from '@/lib/imports/status'
import type { SessionStatus } from '@/prisma/client/enums'

/** Workers listen on this channel for ids of sessions that are to be cancelled. */
export const CANCEL_CHANNEL = 'import_cancel'

/** A worker that has not ended a session this long after it was told to, in milliseconds, is not waited for. */
const CANCEL_OVERDUE_MS = 10_000

const BY_OPERATOR: Sentence = { key: 'cancelled' }

export type CancelResult =
  /** `requested`: its worker is undoing the current step, and will settle it. */
  | { ok: true; outcome: 'cancelled' | 'requested' }
  /** `applied`: every step is in the catalogue already; there is nothing left to cancel. */
  | { ok: false; reason: 'gone' | 'settled' | 'applied' }

/**
 * Cancels a session. One that nobody works on is settled at once, and its job removed; of one at work the worker is
 * told, and from this moment on none of its steps can be committed. Asked twice, it is done once.
 */
export const cancelSession = (sessionId: number, actor: Actor): Promise<CancelResult> =>
  database().$transaction(async (tx) => {
    // The job before the session, as recovery does it: no deadlock. A worker passes a locked job by.
    await tx.$queryRaw`
      select id from graphile_worker._private_jobs
      where id = (select job_id from import_sessions where id = ${sessionId}) for update`
    const [locked] = await tx.$queryRaw<{ status: SessionStatus; jobId: bigint | null; requested: boolean }[]>`
      select status::text, job_id as "jobId", cancel_requested_at is not null as "requested"
      from import_sessions where id = ${sessionId} for update`
    if (!locked) return { ok: false, reason: 'gone' }
    if (locked.status === 'CANCELLED') return { ok: true, outcome: 'cancelled' }
    if (!isActive(locked.status)) return { ok: false, reason: 'settled' }

    const { stepsLeft, atWork } = await workOn(tx, sessionId)
    if (atWork && !stepsLeft) return { ok: false, reason: 'applied' }
    if (!locked.requested) {
      await tx.$executeRaw`
        update import_sessions set cancel_requested_at = clock_timestamp(), cancelled_by = ${actor?.id ?? null}
        where id = ${sessionId}`
      await recordAudit(tx, actor, 'import.cancelled', { subject: sessionId })
    }
    if (atWork) {
      await tx.$executeRaw`select pg_notify(${CANCEL_CHANNEL}, ${String(sessionId)})`
      return { ok: true, outcome: 'requested' }
    }
    await settleCancelled(tx, sessionId)
    // Not there, or held by a worker that has not claimed the session: then it will find nothing to do.
    if (locked.jobId !== null) {
      await tx.$executeRaw`select from graphile_worker.complete_jobs(array[${locked.jobId}::bigint])`
    }
    return { ok: true, outcome: 'cancelled' }
  })

/** With the session locked: whether a worker that is there runs an attempt of it, and whether any step is still to do. */
async function workOn(tx: Transaction, sessionId: number): Promise<{ stepsLeft: boolean; atWork: boolean }> {
  const [work] = await tx.$queryRaw<{ stepsLeft: boolean; atWork: boolean }[]>`
    select
      exists (select from import_steps where session_id = s.id and status <> 'COMPLETED') as "stepsLeft",
      s.attempt_token is not null and exists (
        select from graphile_worker.jobs as j join workers on workers.id = j.locked_by
        where j.id = s.job_id and ${IS_HEARD} and ${LOCK_IS_HELD}
      ) as "atWork"
    from import_sessions as s where s.id = ${sessionId}`
  if (!work) throw new Error(`Session ${sessionId} vanished under its lock`)
  return work
}

/**
 * Ends an active session as cancelled, with its open attempt and step. With a token: only when that attempt was told to
 * end. False when there was nothing to end. From here on no attempt of the session can write.
 */
export async function settleCancelled(tx: Transaction, sessionId: number, token?: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    update import_sessions
    set status = 'CANCELLED', finished_at = clock_timestamp(), attempt_token = null, current_file = null
    where id = ${sessionId} and status = any(${movesTo('CANCELLED')}::session_status[])
      and (${token ?? null}::uuid is null or (attempt_token = ${token ?? null}::uuid and cancel_requested_at is not null))`
  if (count === 0) return false
  await tx.$executeRaw`
    update import_attempts
    set finished_at = clock_timestamp(), error = ${inRussian(BY_OPERATOR)}, error_sentence = ${JSON.stringify(BY_OPERATOR)}::jsonb
    where session_id = ${sessionId} and finished_at is null`
  await tx.$executeRaw`
    update import_steps set status = 'FAILED', finished_at = clock_timestamp()
    where session_id = ${sessionId} and status = 'RUNNING'`
  return true
}

/** Settles sessions whose worker was told to end them and has not: it is dead, frozen or cut off. Returns their ids. */
export const settleOverdueCancels = (): Promise<number[]> =>
  database().$transaction(async (tx) => {
    const overdue = await tx.$queryRaw<{ id: number }[]>`
      select id from import_sessions
      where status in ('STARTED', 'IN_PROGRESS')
        and cancel_requested_at < now() - ${CANCEL_OVERDUE_MS} * interval '1 millisecond'
      order by id for update`
    for (const { id } of overdue) await settleCancelled(tx, id)
    return overdue.map(({ id }) => id)
  })
