import { database } from '@/lib/db'
import type { Schedule, ScheduleRun } from '@/lib/schedules/schedule'
import { nameOf } from '@/lib/users/name'
import type { Prisma } from '@/prisma/client/client'

const runSelect = {
  dueAt: true,
  outcome: true,
  reason: true,
  session: { select: { id: true, status: true, cancelRequestedAt: true } },
} as const satisfies Prisma.ScheduleRunSelect

const whoSelect = { select: { name: true, email: true } } as const

const scheduleSelect = {
  id: true,
  name: true,
  types: true,
  dryRun: true,
  allowMassDeactivation: true,
  cron: true,
  timeZone: true,
  isOn: true,
  nextDueAt: true,
  createdAt: true,
  updatedAt: true,
  createdBy: whoSelect,
  updatedBy: whoSelect,
  runs: { select: runSelect, orderBy: { dueAt: 'desc' }, take: 1 },
} as const satisfies Prisma.ScheduleSelect

type Row = Prisma.ScheduleGetPayload<{ select: typeof scheduleSelect }>

/** Every schedule there is: those that are on first, by name. */
export async function listSchedules(): Promise<Schedule[]> {
  const rows = await database().schedule.findMany({
    where: { deletedAt: null },
    select: scheduleSelect,
    orderBy: [{ isOn: 'desc' }, { name: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toSchedule)
}

/** One schedule; null when there is none of that id, or it was deleted. */
export async function getSchedule(id: number): Promise<Schedule | null> {
  const row = await database().schedule.findFirst({ where: { id, deletedAt: null }, select: scheduleSelect })
  return row && toSchedule(row)
}

/** The last runs of a schedule, newest first. */
export const listRuns = (scheduleId: number, count: number): Promise<ScheduleRun[]> =>
  database().scheduleRun.findMany({
    where: { scheduleId },
    select: runSelect,
    orderBy: { dueAt: 'desc' },
    take: count,
  })

const toSchedule = ({ runs, createdBy, updatedBy, ...row }: Row): Schedule => ({
  ...row,
  createdBy: nameOf(createdBy),
  updatedBy: nameOf(updatedBy),
  lastRun: runs[0] ?? null,
})
