import type { Rhythm } from '@/lib/schedules/presets'
import type { ScheduleField } from '@/lib/schedules/schedule'
import type { ImportType } from '@/prisma/client/enums'

/** What stands in the form of a schedule. */
export interface ScheduleChoices extends Rhythm {
  name: string
  types: ImportType[]
  dryRun: boolean
  allowMassDeactivation: boolean
  timeZone: string
  isOn: boolean
}

/** What the form remembers of the last submission, and what was wrong with it. */
export interface ScheduleFormState extends ScheduleChoices {
  problems: (ScheduleField | 'gone' | 'viewer')[]
}

/** What a rhythm comes to; null when there is no such time. */
export type SchedulePreview = { text: string; runs: string[] } | null
