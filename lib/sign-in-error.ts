// next-auth tells the browser why a sign-in failed in one word of the authorize function's.

/** The database does not answer, say. */
export const UNAVAILABLE = 'unavailable'

/** There were too many tries; the next is looked at in that many seconds. */
export const throttled = (seconds: number): string => `throttled-${seconds}`

/** In how many seconds to try again; null when the word says something else. */
export function secondsOf(word: string | null | undefined): number | null {
  const seconds = /^throttled-(\d{1,6})$/.exec(word ?? '')?.[1]
  return seconds === undefined ? null : Number(seconds)
}
