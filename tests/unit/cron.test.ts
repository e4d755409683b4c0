import { describe, expect, test } from 'vitest'
import { isCron, nextRuns } from '@/lib/schedules/cron'
import { cronOf, PRESETS, rhythmOf } from '@/lib/schedules/presets'

const berlin = (cron: string, after: string, count: number) =>
  nextRuns(cron, 'Europe/Berlin', new Date(after), count).map((date) => date.toISOString())

describe('the change of the clocks', () => {
  test('a time that is skipped in spring comes once, at the end of the gap', () => {
    // 29 March 2026: 02:00 CET is 03:00 CEST.
    expect(berlin('30 2 * * *', '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  test('a time that comes twice in autumn is due once, also in a list of times', () => {
    // 25 October 2026: 03:00 CEST is 02:00 CET.
    for (const cron of ['30 2 * * *', '30 2,14 * * *']) {
      const night = berlin(cron, '2026-10-24T20:00:00Z', 4).filter((at) => at < '2026-10-25T10')
      expect(night).toEqual(['2026-10-25T00:30:00.000Z'])
    }
  })

  test('what repeats all through the hours goes on in even steps', () => {
    expect(berlin('*/30 * * * *', '2026-10-25T00:29:00Z', 4)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
  })
})

test('an expression must have five fields, be readable and be due some day', () => {
  const good = ['0 3 * * *', '*/15 8-20 * * MON-FRI', '0 3 1,15 * *', '59 23 31 12 7', '0 3 L * *']
  const bad = ['', 'x', '* * * *', '60 * * * *', '0 24 * * *', '* * * * * *', '@daily', '0 3 31 2 *', '0 0 * * 8']
  expect(good.filter((cron) => !isCron(cron))).toEqual([])
  expect(bad.filter(isCron)).toEqual([])
})

test('what is chosen on the form is found again in the expression', () => {
  for (const preset of PRESETS) {
    const chosen = { preset, time: '18:05', weekday: 0, cron: '5 18 1 * *' }
    const again = rhythmOf(cronOf(chosen))
    expect(again.preset).toBe(preset)
    expect(cronOf(again)).toBe(cronOf(chosen))
  }
  expect(cronOf({ preset: 'weekly', time: '07:30', weekday: 5, cron: '' })).toBe('30 7 * * 5')
  expect(rhythmOf('5 9 * * *')).toMatchObject({ preset: 'daily', time: '09:05' })
})
