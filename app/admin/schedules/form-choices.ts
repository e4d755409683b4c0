import { z } from 'zod'
import type { ScheduleChoices } from '@/components/schedules/schedule-form-state'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import { cronOf, DEFAULT_RHYTHM, PRESETS } from '@/lib/schedules/presets'
import { type ScheduleField, type ScheduleInput, scheduleInput } from '@/lib/schedules/schedule'

/** What a browser sends of a checkbox that is ticked; nothing at all of one that is not. */
const ticked = z
  .literal('on')
  .transform((): boolean => true)
  .catch(false)

/** A rhythm from outside. What the form would not send counts as not changed. */
export const rhythm = z.object({
  preset: z.enum(PRESETS).catch(DEFAULT_RHYTHM.preset),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .catch(DEFAULT_RHYTHM.time),
  weekday: z.coerce.number().int().min(0).max(6).catch(DEFAULT_RHYTHM.weekday),
  cron: z.string().max(100).catch(''),
})

const text = z.string().max(200).catch('')

const choices = rhythm.extend({
  name: text,
  types: z.array(z.enum(IMPORT_TYPE_NAMES)).catch([]),
  dryRun: ticked,
  allowMassDeactivation: ticked,
  timeZone: text,
  isOn: ticked,
})

/** What stands in the submitted form. */
export const choicesOf = (form: FormData): ScheduleChoices =>
  choices.parse({ ...Object.fromEntries(form), types: form.getAll('types') })

/** What the choices come to, or the fields that are wrong. */
export function inputOf(chosen: ScheduleChoices): { input: ScheduleInput } | { problems: ScheduleField[] } {
  const parsed = scheduleInput.safeParse({ ...chosen, cron: cronOf(chosen) })
  if (parsed.success) return { input: parsed.data }
  return { problems: [...new Set(parsed.error.issues.map(({ path }) => path[0] as ScheduleField))] }
}
