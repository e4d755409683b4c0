export interface SplitDuration {
  /** The largest unit worth naming. */
  unit: 'hours' | 'minutes' | 'seconds'
  hours: number
  minutes: number
  /** Tenths below ten seconds, whole ones above. */
  seconds: number
}

/** Milliseconds, cut into what a person reads: `3,4 с`, `2 мин 5 с`, `1 ч 12 мин`. */
export function splitDuration(milliseconds: number): SplitDuration {
  const ms = Math.max(0, milliseconds)
  if (ms < 9_950) return { unit: 'seconds', hours: 0, minutes: 0, seconds: Math.round(ms / 100) / 10 }
  const total = Math.round(ms / 1000)
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  return { unit: hours > 0 ? 'hours' : minutes > 0 ? 'minutes' : 'seconds', hours, minutes, seconds }
}
