import { expect, test } from 'vitest'
import { endOfDay, startOfDay } from '@/lib/time-zone'

test.each([
  ['2026-11-22', 'Europe/Moscow', '2026-11-21T21:00:00.000Z', '2026-11-22T21:00:00.000Z'],
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  // The clocks go forward: a day of 23 hours; and back: one of 25.
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'Asia/Kolkata', '2026-12-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z'],
])('%s in %s is from %s to %s', (day, zone, start, end) => {
  expect(startOfDay(day, zone).toISOString()).toBe(start)
  expect(endOfDay(day, zone).toISOString()).toBe(end)
})
