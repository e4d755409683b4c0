import { database } from '@/lib/db'
import { env } from '@/lib/env'
import { startImport } from '@/lib/imports/commands'
import { nextRun, nextRuns } from '@/lib/schedules/cron'
import { type DueRun, OverlapError, RunTakenError } from '@/lib/schedules/due-run'
import { MISSED_AFTER_MINUTES } from '@/lib/schedules/schedule'
import type { Prisma } from '@/prisma/client/client'
import type { ImportType, ScheduleOutcome } from '@/prisma/client/enums'

// Any number of workers may do this at once: a row of schedule_runs is written once, by whoever comes first, and only
// that one starts the import. What is due is told by PostgreSQL's clock, whatever the workers' say.

/** A run that was recorded by this call. */
export interface MadeRun extends DueRun {
  outcome: ScheduleOutcome
  sessionId?: number
  reason?: string
}

interface DueSchedule {
  id: number
  types: ImportType[]
  dryRun: boolean
  allowMassDeactivation: boolean
  cron: string
  timeZone: string
  /** The first moment that is not dealt with. */
  nextDueAt: Date
  now: Date
}

/** More runs than that are dealt with in several goes: a schedule of every minute, after a week without a worker. */
const AT_ONCE = 1000

/** Starts what is due, and records what was missed; returns what this call, and no other worker, has recorded. */
export async function runDueSchedules(): Promise<MadeRun[]> {
  const due = await database().$queryRaw<DueSchedule[]>`
    select id, types::text[], dry_run as "dryRun", allow_mass_deactivation as "allowMassDeactivation", cron,
      time_zone as "timeZone", next_due_at as "nextDueAt", now()
    from schedules
    where is_on and next_due_at <= now()
    order by next_due_at, id`
  const made: MadeRun[] = []
  for (const schedule of due) made.push(...(await makeRuns(schedule)))
  return made
}

async function makeRuns(schedule: DueSchedule): Promise<MadeRun[]> {
  const { id: scheduleId, cron, timeZone, nextDueAt, now } = schedule
  const later = nextRuns(cron, timeZone, nextDueAt, AT_ONCE).filter((dueAt) => dueAt <= now)
  const last = later.at(-1) ?? nextDueAt
  const inTime = now.getTime() - last.getTime() <= MISSED_AFTER_MINUTES * 60_000
  // Of several that are due only the last is made: they would import the same.
  const missed = [nextDueAt, ...later].slice(0, inTime ? -1 : undefined)
  const made = await recordMissed(scheduleId, missed)
  const run = inTime ? await makeRun(schedule, { scheduleId, dueAt: last }) : null
  // Unless the schedule was changed meanwhile, or another worker was faster.
  await database().schedule.updateMany({
    where: { id: scheduleId, nextDueAt },
    data: { nextDueAt: nextRun(cron, timeZone, last) },
  })
  return run ? [...made, run] : made
}

async function recordMissed(scheduleId: number, moments: Date[]): Promise<MadeRun[]> {
  if (moments.length === 0) return []
  const rows = await database().scheduleRun.createManyAndReturn({
    data: moments.map((dueAt) => ({ scheduleId, dueAt, outcome: 'missed' as const })),
    skipDuplicates: true,
    select: { dueAt: true },
  })
  return rows.map(({ dueAt }) => ({ scheduleId, dueAt, outcome: 'missed' }))
}

async function makeRun({ types, dryRun, allowMassDeactivation }: DueSchedule, run: DueRun): Promise<MadeRun | null> {
  try {
    const source = env().ONEC_DATA_DIR
    const result = await startImport({ types, source, dryRun, allowMassDeactivation, actor: null, run })
    if (result.ok) return { ...run, outcome: 'started', sessionId: result.sessionId }
    if (result.reason === 'already_active') return await recordNotMade(run, 'skipped', { sessionId: result.sessionId })
    const { ok: _, reason, ...details } = result
    return await recordNotMade(run, 'refused', { reason, details })
  } catch (error) {
    if (error instanceof OverlapError) return recordNotMade(run, 'skipped', { sessionId: error.sessionId })
    if (error instanceof RunTakenError) return null
    throw error
  }
}

/** Null when another worker has recorded this run. */
async function recordNotMade(
  run: DueRun,
  outcome: 'skipped' | 'refused',
  why: { sessionId?: number; reason?: string; details?: Prisma.InputJsonObject },
): Promise<MadeRun | null> {
  const { count } = await database().scheduleRun.createMany({
    data: [{ ...run, outcome, ...why }],
    skipDuplicates: true,
  })
  return count === 0 ? null : { ...run, outcome, ...why }
}
