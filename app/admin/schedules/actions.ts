'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { choicesOf, inputOf, rhythm } from '@/app/admin/schedules/form-choices'
import { scheduleIdOf } from '@/app/admin/schedules/schedule-id'
import type { ScheduleFormState, SchedulePreview } from '@/components/schedules/schedule-form-state'
import { TIME } from '@/components/ui/date-time'
import { isTimeZone } from '@/lib/i18n/locales'
import * as commands from '@/lib/schedules/commands'
import { isCron, nextRuns } from '@/lib/schedules/cron'
import { describeCron } from '@/lib/schedules/describe'
import { cronOf, type Rhythm } from '@/lib/schedules/presets'
import { requirePermission, requireUser } from '@/lib/session'

const LIST = '/admin/schedules'

/** Adds a schedule (id null) or changes one, and shows the list; or says what is wrong. */
export async function saveSchedule(
  id: number | null,
  _: ScheduleFormState,
  form: FormData,
): Promise<ScheduleFormState> {
  const choices = choicesOf(form)
  const user = await requirePermission('schedules.edit', LIST)
  if (!user) return { ...choices, problems: ['viewer'] }
  const checked = inputOf(choices)
  if ('problems' in checked) return { ...choices, problems: checked.problems }
  if (id === null) await commands.createSchedule(checked.input, user)
  else if (!(await commands.updateSchedule(id, checked.input, user))) return { ...choices, problems: ['gone'] }
  redirect(LIST)
}

/** Switches the schedule that the form names on or off. */
export async function switchSchedule(form: FormData): Promise<void> {
  const user = await requirePermission('schedules.edit', LIST)
  const id = scheduleIdOf(form.get('id'))
  if (user && id !== null) await commands.switchSchedule(id, form.get('on') === 'yes', user)
  revalidatePath(LIST)
}

/** Deletes the schedule that the form names. */
export async function deleteSchedule(form: FormData): Promise<void> {
  const user = await requirePermission('schedules.edit', LIST)
  const id = scheduleIdOf(form.get('id'))
  if (user && id !== null) await commands.deleteSchedule(id, user)
  redirect(LIST)
}

const PREVIEWED_RUNS = 3

/** What the rhythm means in words, and when it is due next, in its own time zone. */
export async function previewSchedule(chosen: Rhythm, timeZone: string): Promise<SchedulePreview> {
  await requireUser(LIST)
  const cron = cronOf(rhythm.parse(chosen))
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone) || !isCron(cron)) return null
  const [t, locale, format] = await Promise.all([getTranslations('schedules.rhythm'), getLocale(), getFormatter()])
  const { second: _, ...time } = TIME
  return {
    text: describeCron(cron, locale, t),
    runs: nextRuns(cron, timeZone, new Date(), PREVIEWED_RUNS).map((date) =>
      format.dateTime(date, { weekday: 'short', day: 'numeric', month: 'short', ...time, timeZone }),
    ),
  }
}
