import { recordAudit } from '@/lib/audit/commands'
import { database } from '@/lib/db'
import { ACTIVE_STATUSES } from '@/lib/imports/status'

/** The task that deletes what is kept no longer; in no queue, so that no import holds it up. */
export const DELETE_EXPIRED = 'delete_expired'

/** Sessions deleted in one transaction: each may have ten thousand problems. */
const BATCH = 100

/** For a batch of sessions full of problems, in milliseconds. */
const BATCH_TIMEOUT = 120_000

/**
 * Deletes a batch of sessions that ended more than `days` ago, the oldest first, with all that belongs to them, and
 * records how many, in one transaction. Returns how many; 0: nothing is left to delete. An active one is never old enough.
 */
export const deleteExpiredSessions = (days: number, batch = BATCH): Promise<number> =>
  database().$transaction(
    async (tx) => {
      const deleted = await tx.$executeRaw`
        delete from import_sessions where id in (
          select id from import_sessions
          where created_at < now() - make_interval(days => ${days}::int)
            and finished_at < now() - make_interval(days => ${days}::int)
            and status <> all (${[...ACTIVE_STATUSES]}::session_status[])
          order by created_at limit ${batch}
          for update skip locked
        )`
      if (deleted > 0) await recordAudit(tx, null, 'import.expired', { details: { sessions: deleted, days } })
      return deleted
    },
    { timeout: BATCH_TIMEOUT },
  )

/**
 * Forgets runs of schedules that were due more than `days` ago; each schedule keeps its last one, which its page shows and
 * the next is reckoned from.
 */
export const deleteExpiredScheduleRuns = (days: number): Promise<number> =>
  database().$executeRaw`
    delete from schedule_runs as old where due_at < now() - make_interval(days => ${days}::int)
      and exists (select from schedule_runs as later where later.schedule_id = old.schedule_id and later.due_at > old.due_at)`

/** Forgets workers that stopped more than `days` ago: their attempts went with their sessions. */
export const deleteExpiredWorkers = (days: number): Promise<number> =>
  database().$executeRaw`delete from workers where stopped_at < now() - make_interval(days => ${days}::int)`
