import { z } from 'zod'
import { isTimeZone } from '@/lib/i18n/locales'
import { IMPORT_TYPE_NAMES, inOfferedOrder } from '@/lib/imports/types'
import { isCron, tidyCron } from '@/lib/schedules/cron'
import type { ImportType, ScheduleOutcome, SessionStatus } from '@/prisma/client/enums'

// What a schedule is made of, and what the pages show of it; lib/schedules/queries.ts fills it.

/** A due run that nobody made for this long, in minutes, is recorded as missed and not made any more. */
export const MISSED_AFTER_MINUTES = 15

/** What an operator decides about a schedule. */
export const scheduleInput = z.object({
  name: z.string().trim().min(1).max(100),
  types: z.array(z.enum(IMPORT_TYPE_NAMES)).min(1).transform(inOfferedOrder),
  dryRun: z.boolean(),
  allowMassDeactivation: z.boolean(),
  cron: z.string().transform(tidyCron).refine(isCron),
  timeZone: z.string().trim().min(1).max(64).refine(isTimeZone),
  isOn: z.boolean(),
})
export type ScheduleInput = z.infer<typeof scheduleInput>

/** What can be wrong with it: the names of its fields. */
export type ScheduleField = keyof ScheduleInput

/** What became of a schedule at a moment it was due. */
export interface ScheduleRun {
  dueAt: Date
  outcome: ScheduleOutcome
  /** The session that was started, or the active one that the run was skipped for. */
  session: { id: number; status: SessionStatus; cancelRequestedAt: Date | null } | null
  /** Why it was refused: a reason of lib/imports/commands.ts. */
  reason: string | null
}

export interface Schedule {
  id: number
  name: string
  types: ImportType[]
  dryRun: boolean
  allowMassDeactivation: boolean
  cron: string
  timeZone: string
  isOn: boolean
  nextDueAt: Date | null
  /** Names, or else e-mails; null when the user is gone. */
  createdBy: string | null
  updatedBy: string | null
  createdAt: Date
  updatedAt: Date
  lastRun: ScheduleRun | null
}
