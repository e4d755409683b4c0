import { Cron } from 'croner'

// When a cron expression is due. Times that the clocks skip in spring come at the end of the gap; times that they go
// through twice in autumn come once, unless the expression repeats all through the hours (`*/30 * * * *`).

const OPTIONS = { paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' } as const

/** What is allowed: five fields of numbers, names, lists, ranges and steps. */
const FIVE_FIELDS = /^[\dA-Za-z*,/-]+( [\dA-Za-z*,/-]+){4}$/

/** The expression with single spaces and without any around it. */
export const tidyCron = (cron: string): string => cron.trim().replace(/\s+/g, ' ')

/** Whether the expression can be read, and is ever due. */
export function isCron(cron: string): boolean {
  if (!FIVE_FIELDS.test(cron)) return false
  try {
    return new Cron(cron, { ...OPTIONS, timezone: 'UTC' }).nextRun() !== null
  } catch {
    return false
  }
}

/** The next `count` moments after `after`. */
export const nextRuns = (cron: string, timeZone: string, after: Date, count: number): Date[] =>
  new Cron(cron, { ...OPTIONS, timezone: timeZone }).nextRuns(count, after)

/** The next moment after `after`; null when there is none. */
export const nextRun = (cron: string, timeZone: string, after: Date): Date | null =>
  nextRuns(cron, timeZone, after, 1)[0] ?? null
