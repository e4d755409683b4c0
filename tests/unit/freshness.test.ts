import { expect, test } from 'vitest'
import { type EndedSession, freshnessOf } from '@/lib/overview/freshness'
import type { ImportType } from '@/prisma/client/enums'

const NOW = new Date('2026-11-22T12:00:00Z')
const HOUR = 3_600_000

let nextId = 1
const ended = (hoursAgo: number, types: ImportType[], changes: Partial<EndedSession> = {}): EndedSession => ({
  id: nextId++,
  types,
  status: 'COMPLETED',
  finishedAt: new Date(NOW.getTime() - hoursAgo * HOUR),
  brought: [],
  ...changes,
})

const of = (type: ImportType, ...sessions: EndedSession[]) => {
  const found = freshnessOf(sessions, NOW).find((entry) => entry.type === type)
  if (!found) throw new Error(`nothing of ${type}`)
  return found
}

test('what was never imported has no age, and is not late', () => {
  expect(of('prices')).toEqual({ type: 'prices', last: null, lastGood: null, usualGap: null, stale: false })
})

test('the last import may have failed: the data are as old as the last that did not', () => {
  const [failed, good] = [ended(1, ['stocks'], { status: 'FAILED' }), ended(5, ['stocks'])]
  expect(of('stocks', good, failed)).toMatchObject({ last: failed, lastGood: good, stale: false })
  expect(of('stocks', failed)).toMatchObject({ last: failed, lastGood: null, stale: false })
})

test('a catalogue brings prices too when its export has them, and nothing when it failed or has none', () => {
  const [prices, catalog] = [ended(30, ['prices']), ended(2, ['catalog'], { brought: ['goods', 'prices'] })]
  expect(of('prices', prices, catalog).lastGood).toBe(catalog)
  expect(of('prices', prices, ended(2, ['catalog'], { brought: ['goods'] })).lastGood).toBe(prices)
  expect(of('prices', prices, { ...catalog, status: 'FAILED' }).last).toBe(prices)
  expect(of('customers', catalog).last).toBeNull()
})

test('late is three times the usual gap, an hour at least, and a week while nothing is usual', () => {
  const every = (gap: number, ago: number, count = 6) =>
    of('stocks', ...Array.from({ length: count }, (_, i) => ended(ago + i * gap, ['stocks'])))
  expect(every(24, 70)).toMatchObject({ stale: false, usualGap: 24 * HOUR })
  expect(every(24, 73)).toMatchObject({ stale: true })
  expect(every(0.25, 0.9)).toMatchObject({ stale: false })
  expect(every(0.25, 1.1)).toMatchObject({ stale: true })
  expect(every(1, 100, 3)).toMatchObject({ stale: false, usualGap: null })
  expect(every(1, 169, 1)).toMatchObject({ stale: true })
  // One long pause does not make the rhythm.
  const paused = [1, 2, 3, 500, 501].map((ago) => ended(ago, ['stocks']))
  expect(of('stocks', ...paused).usualGap).toBe(HOUR)
})
