import { timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/** Whether a request shows METRICS_TOKEN as its bearer token; never, while that is not set. */
export function isMetricsRequest(authorization: string | null | undefined): boolean {
  const { METRICS_TOKEN } = env()
  if (!METRICS_TOKEN) return false
  const [given, expected] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${METRICS_TOKEN}`)]
  // In a time that does not tell how much of it was right.
  return given.length === expected.length && timingSafeEqual(given, expected)
}
