import { describe, expect, test } from 'vitest'
import { jobStateOf, movesTo, progressOf, SESSION_STATUSES } from '@/lib/imports/status'
import { needEarlierProducts, needsOf, stepsOf } from '@/lib/imports/types'

const job = { locked: false, workerAlive: false, attempts: 0, maxAttempts: 4 }

describe('the job state of an active session (DESIGN.md §2)', () => {
  test.each([
    ['waits in the queue', job, 'PENDING'],
    ['is held by a live worker', { ...job, locked: true, workerAlive: true, attempts: 1 }, 'STARTED'],
    ['is held by a dead worker', { ...job, locked: true, attempts: 1 }, 'LOST'],
    ['failed and will be tried again', { ...job, attempts: 3 }, 'RETRY'],
    ['used up its attempts', { ...job, attempts: 4 }, 'FAILURE'],
    ['is gone', null, 'LOST'],
  ] as const)('whose job %s', (_what, row, state) => {
    expect(jobStateOf('IN_PROGRESS', row)).toBe(state)
    expect(jobStateOf('STARTED', row)).toBe(state)
  })

  test('a settled session needs no job', () => {
    expect(SESSION_STATUSES.slice(2).map((status) => jobStateOf(status, null))).toEqual([
      'SUCCESS',
      'SUCCESS',
      'FAILURE',
      'CANCELLED',
    ])
  })
})

describe('the transition table', () => {
  test('lets nothing leave a settled status', () => {
    for (const next of SESSION_STATUSES) {
      expect(movesTo(next).filter((from) => from !== 'STARTED' && from !== 'IN_PROGRESS')).toEqual([])
    }
  })
  test('completes only what is in progress', () => {
    expect(movesTo('COMPLETED')).toEqual(['IN_PROGRESS'])
    expect(movesTo('COMPLETED_WITH_ERRORS')).toEqual(['IN_PROGRESS'])
  })
})

describe('progress', () => {
  const steps = (done: number) =>
    [0, 1, 2, 3].map((i) => ({ status: i < done ? ('COMPLETED' as const) : ('PENDING' as const) }))
  const at = (bytesRead: number, done: number) =>
    progressOf({ status: 'IN_PROGRESS', bytesTotal: 100, bytesRead, steps: steps(done) })

  test('is half reading, half steps, and never quite done before the end', () => {
    expect([at(0, 0), at(50, 0), at(100, 0), at(100, 2), at(100, 4)]).toEqual([0, 0.25, 0.5, 0.75, 0.99])
    expect(progressOf({ status: 'COMPLETED', bytesTotal: null, bytesRead: 0, steps: [] })).toBe(1)
    expect(progressOf({ status: 'STARTED', bytesTotal: null, bytesRead: 0, steps: steps(0) })).toBe(0)
  })
})

describe('import types', () => {
  test('together are the union of their steps, each once, in running order', () => {
    expect(stepsOf(['prices', 'stocks'])).toEqual(['price_types', 'warehouses', 'prices', 'stock'])
    expect(stepsOf(['prices', 'catalog'])).toEqual(stepsOf(['catalog']))
    expect(needsOf(['prices', 'catalog'])).toEqual(['prices', 'goods'])
  })
  test('of prices and stock need products that came before, or with them', () => {
    expect([needEarlierProducts(['prices']), needEarlierProducts(['prices', 'catalog'])]).toEqual([true, false])
  })
})
