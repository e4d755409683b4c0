import { dayOf } from '@/lib/day'
import { lastDays, problemCodes } from '@/lib/overview/queries'

type Statistics = Awaited<ReturnType<typeof lastDays>> & { problems: Awaited<ReturnType<typeof problemCodes>> }

/** For so long, in milliseconds, everybody who asks gets the same answer: it is about a month, and reads all of it. */
const KEPT_FOR_MS = 10_000

const kept = new Map<string, { until: number; answer: Promise<Statistics> }>()

/** What the last days were like; the database is asked once in ten seconds, however many look and refresh. */
export function statistics(now: Date, timeZone: string): Promise<Statistics> {
  const key = `${dayOf(now, timeZone)} ${timeZone}`
  const known = kept.get(key)
  if (known && known.until > now.getTime()) return known.answer
  for (const [old, { until }] of kept) if (until <= now.getTime()) kept.delete(old)
  const answer = Promise.all([lastDays(now, timeZone), problemCodes(now, timeZone)]).then(([outcomes, problems]) => ({
    ...outcomes,
    problems,
  }))
  kept.set(key, { until: now.getTime() + KEPT_FOR_MS, answer })
  // A failure is not kept: whoever asks next tries again.
  answer.catch(() => kept.delete(key))
  return answer
}
