/** The first moment of a day, `2026-11-22`, in a time zone. */
export function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = midnight - offsetAt(midnight, zone)
  const second = midnight - offsetAt(guess, zone)
  // Where midnight itself is skipped the two never agree: the day begins at the later of them.
  return new Date(offsetAt(second, zone) === midnight - second ? second : Math.max(guess, second))
}

/** The day after, as `2026-11-23`; `days` may be negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The day of a moment in a time zone, as `2026-11-22`. */
export const dayOf = (moment: Date, zone: string): string =>
  // Sweden writes dates as ISO does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment)

/** What the clocks of the zone are ahead of UTC at that moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(moment)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? []
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 + Number(seconds ?? 0) * 1000
  return sign === '-' ? -ahead : ahead
}
