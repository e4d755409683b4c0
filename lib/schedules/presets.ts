import { tidyCron } from '@/lib/schedules/cron'

// The form asks for a rhythm and a time, not for a cron expression; only «custom» shows one.

export const PRESETS = ['every15', 'hourly', 'daily', 'weekdays', 'weekly', 'custom'] as const
export type Preset = (typeof PRESETS)[number]

/** Monday first, as cron numbers them. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const

/** What is chosen on the form; what a preset does not ask for keeps its value. */
export interface Rhythm {
  preset: Preset
  /** HH:MM */
  time: string
  /** 0 … 6, Sunday is 0 */
  weekday: number
  /** The expression of `custom`. */
  cron: string
}

export const DEFAULT_RHYTHM: Rhythm = { preset: 'daily', time: '03:00', weekday: 1, cron: '0 3 * * *' }

/** The cron expression of what is chosen. */
export function cronOf({ preset, time, weekday, cron }: Rhythm): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  switch (preset) {
    case 'every15':
      return '*/15 * * * *'
    case 'hourly':
      return '0 * * * *'
    case 'daily':
      return `${minute} ${hour} * * *`
    case 'weekdays':
      return `${minute} ${hour} * * 1-5`
    case 'weekly':
      return `${minute} ${hour} * * ${weekday}`
    case 'custom':
      return tidyCron(cron)
  }
}

const AT_A_TIME = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6])$/

/** What the form shows as chosen for an expression. */
export function rhythmOf(cron: string): Rhythm {
  const rhythm: Rhythm = { ...DEFAULT_RHYTHM, cron }
  if (cron === '*/15 * * * *') return { ...rhythm, preset: 'every15' }
  if (cron === '0 * * * *') return { ...rhythm, preset: 'hourly' }
  const [, minute = '', hour = '', days = ''] = AT_A_TIME.exec(cron) ?? []
  if (!days) return { ...rhythm, preset: 'custom' }
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (days === '*') return { ...rhythm, preset: 'daily', time }
  if (days === '1-5') return { ...rhythm, preset: 'weekdays', time }
  return { ...rhythm, preset: 'weekly', time, weekday: Number(days) }
}
