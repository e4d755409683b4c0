import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimate, overallShare, recent, type Sample, shareByTime } from '@/lib/imports/progress'

describe('the share of a session', () => {
  test('is reading first, then the steps by the time they are expected to take, and never quite all', () => {
    const parts = { readingShare: 0.4, read: 0, done: 0, running: 0, all: 10 }
    expect(overallShare(parts)).toBe(0)
    expect(overallShare({ ...parts, read: 0.5 })).toBeCloseTo(0.2)
    expect(overallShare({ ...parts, read: 1, done: 5 })).toBeCloseTo(0.7)
    expect(overallShare({ ...parts, read: 1, done: 5, running: 2.5 })).toBeCloseTo(0.85)
    expect(overallShare({ ...parts, read: 1, done: 10 })).toBeLessThan(1)
    expect(overallShare({ ...parts, read: 2, done: 20, all: 0 })).toBeCloseTo(0.4)
  })

  test('of a step that nobody can look into only grows, and never reaches its end', () => {
    const time = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(time, time, fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (a, b, expected) => {
        const [earlier, later] = [shareByTime(Math.min(a, b), expected), shareByTime(Math.max(a, b), expected)]
        expect(earlier).toBeGreaterThanOrEqual(0)
        expect(later).toBeGreaterThanOrEqual(earlier)
        expect(later).toBeLessThanOrEqual(1)
      }),
    )
    expect(shareByTime(5, 10)).toBe(0.5)
    expect(shareByTime(10, 10)).toBeLessThan(1)
  })
})

describe('the time left', () => {
  test('of a run that moves evenly is right within a quarter, whenever it is told', () => {
    const run = fc.record({
      seconds: fc.integer({ min: 10, max: 7200 }),
      place: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      records: fc.integer({ min: 0, max: 1e6 }),
      // A report comes late by up to so much, in milliseconds.
      late: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 20 }),
    })
    fc.assert(
      fc.property(run, ({ seconds, place, records, late }) => {
        let samples: Sample[] = []
        for (let at = 0, i = 0; at < place * seconds * 1000; at += 500 + (late[i % late.length] ?? 0), i++) {
          const share = at / 1000 / seconds
          samples = recent([...samples, { at, share, records: Math.round(records * share) }])
        }
        const last = samples.at(-1)
        const { secondsLeft, recordsPerSecond } = estimate(samples)
        if (!last || secondsLeft === null) {
          expect((last?.share ?? 0) < 0.05 || (last?.at ?? 0) < 2000).toBe(true)
          return
        }
        const truth = seconds - last.at / 1000
        expect(Math.abs(secondsLeft - truth)).toBeLessThanOrEqual(Math.max(0.25 * truth, 0.5))
        if (recordsPerSecond !== null && records > 1000)
          expect(recordsPerSecond / (records / seconds)).toBeCloseTo(1, 0)
      }),
    )
  })

  test('is told neither of the first twentieth nor of a standstill, and by the last minute only', () => {
    const at = (second: number, share: number): Sample => ({ at: second * 1000, share, records: 0 })
    expect(estimate([])).toEqual({ secondsLeft: null, recordsPerSecond: null })
    expect(estimate([at(0, 0), at(10, 0.04)]).secondsLeft).toBeNull()
    expect(estimate([at(0, 0.5), at(10, 0.5)]).secondsLeft).toBeNull()
    expect(estimate([at(0, 0), at(100, 0.1), at(150, 0.6)]).secondsLeft).toBe(40)
    expect(recent([at(0, 0), at(100, 0.1), at(150, 0.6)])).toHaveLength(2)
  })
})
