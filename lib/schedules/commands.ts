import type { AuditAction } from '@/lib/audit/actions'
import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database, type Transaction } from '@/lib/db'
import { nextRun } from '@/lib/schedules/cron'
import type { ScheduleInput } from '@/lib/schedules/schedule'

// A worker looks for what is due every few seconds (worker/scheduler.ts): a change counts without a restart.

/** Adds a schedule; returns its id. */
export const createSchedule = (input: ScheduleInput, actor: Actor): Promise<number> =>
  database().$transaction(async (tx) => {
    const by = actor?.id ?? null
    const { id } = await tx.schedule.create({
      data: { ...input, nextDueAt: await nextDue(tx, input), createdById: by, updatedById: by },
      select: { id: true },
    })
    await record(tx, actor, 'schedule.created', id, input)
    return id
  })

/** Changes a schedule; false when it is gone. */
export const updateSchedule = (id: number, input: ScheduleInput, actor: Actor): Promise<boolean> =>
  database().$transaction(async (tx) => {
    const before = await lock(tx, id)
    if (!before) return false
    // A run that is due in this moment is not lost by a change of the name.
    const sameTimes = before.cron === input.cron && before.timeZone === input.timeZone && before.isOn === input.isOn
    await change(tx, id, actor, {
      ...input,
      ...(sameTimes ? {} : { nextDueAt: await nextDue(tx, input) }),
    })
    await record(tx, actor, 'schedule.updated', id, input)
    return true
  })

/** Switches a schedule on or off; false when it is gone. What was due while it was off is not made up for. */
export const switchSchedule = (id: number, isOn: boolean, actor: Actor): Promise<boolean> =>
  database().$transaction(async (tx) => {
    const schedule = await lock(tx, id)
    if (!schedule) return false
    if (schedule.isOn === isOn) return true
    await change(tx, id, actor, { isOn, nextDueAt: await nextDue(tx, { ...schedule, isOn }) })
    await record(tx, actor, isOn ? 'schedule.switched_on' : 'schedule.switched_off', id, schedule)
    return true
  })

/** Deletes a schedule; false when it is gone already. Its runs and sessions stay, and still tell its name. */
export const deleteSchedule = (id: number, actor: Actor): Promise<boolean> =>
  database().$transaction(async (tx) => {
    const schedule = await lock(tx, id)
    if (!schedule) return false
    await change(tx, id, actor, { isOn: false, nextDueAt: null, deletedAt: new Date() })
    await record(tx, actor, 'schedule.deleted', id, schedule)
    return true
  })

type Times = Pick<ScheduleInput, 'cron' | 'timeZone' | 'isOn'>

/** Keeps the row until the transaction ends: a run that is being made and a change of it wait for each other. */
async function lock(tx: Transaction, id: number): Promise<(Times & { name: string }) | null> {
  const [row] = await tx.$queryRaw<(Times & { name: string })[]>`
    select name, cron, time_zone as "timeZone", is_on as "isOn" from schedules
    where id = ${id} and deleted_at is null for no key update`
  return row ?? null
}

async function nextDue(tx: Transaction, { isOn, cron, timeZone }: Times): Promise<Date | null> {
  if (!isOn) return null
  const [row] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`
  return row ? nextRun(cron, timeZone, row.now) : null
}

type Changes = Partial<ScheduleInput> & { nextDueAt?: Date | null; deletedAt?: Date }

const change = (tx: Transaction, id: number, actor: Actor, changes: Changes) =>
  tx.schedule.update({
    where: { id },
    data: { ...changes, updatedById: actor?.id ?? null, updatedAt: new Date() },
    select: { id: true },
  })

const record = (tx: Transaction, actor: Actor, action: AuditAction, id: number, { name, ...rest }: { name: string }) =>
  recordAudit(tx, actor, action, { subject: id, details: { name, ...rest } })
