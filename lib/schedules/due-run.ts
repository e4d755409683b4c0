import type { Transaction } from '@/lib/db'

// A run is made in the transaction that makes its session: both or neither, and once, however many workers try.

/** A schedule at a moment it was due. */
export interface DueRun {
  scheduleId: number
  dueAt: Date
}

/** Somebody else has recorded this run, or the schedule was switched off, changed or deleted meanwhile. */
export class RunTakenError extends Error {
  override name = 'RunTakenError'
}

/** The session of an earlier run of the same schedule is still active. */
export class OverlapError extends Error {
  override name = 'OverlapError'
  constructor(readonly sessionId: number) {
    super(`Session ${sessionId} of the same schedule is active`)
  }
}

/** Takes the run for this transaction; throws when it is not, or not now, to be made. */
export async function takeRun(tx: Transaction, { scheduleId, dueAt }: DueRun): Promise<void> {
  // The lock makes two runs of one schedule wait for each other; the second then sees the session of the first.
  const due = await tx.$queryRaw<unknown[]>`
    select from schedules where id = ${scheduleId} and is_on and next_due_at <= ${dueAt} for no key update`
  if (due.length === 0) throw new RunTakenError()
  const taken = await tx.$executeRaw`
    insert into schedule_runs (schedule_id, due_at, outcome) values (${scheduleId}, ${dueAt}, 'started')
    on conflict do nothing`
  if (taken === 0) throw new RunTakenError()
  const [active] = await tx.$queryRaw<{ id: number }[]>`
    select id from import_sessions where schedule_id = ${scheduleId} and status in ('STARTED', 'IN_PROGRESS') limit 1`
  if (active) throw new OverlapError(active.id)
}

/** Names the session on the run that was taken for it. */
export async function recordRunStarted(tx: Transaction, run: DueRun, sessionId: number): Promise<void> {
  await tx.scheduleRun.update({ where: { scheduleId_dueAt: run }, data: { sessionId }, select: { dueAt: true } })
}
