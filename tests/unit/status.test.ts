import { describe, expect, test } from 'vitest'
import { jobStateOf, movesTo, progressOf, SESSION_STATUSES } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES, needEarlierProducts, needsOf, stepsOf } from '@/lib/imports/types'

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

test('progress is what was reported, and never quite done before the end', () => {
  expect(progressOf({ status: 'IN_PROGRESS', progress: 0.25 })).toBe(0.25)
  expect(progressOf({ status: 'IN_PROGRESS', progress: 1 })).toBeLessThan(1)
  expect(progressOf({ status: 'FAILED', progress: 0.6 })).toBe(0.6)
  expect(progressOf({ status: 'COMPLETED', progress: 0 })).toBe(1)
})

describe('import types', () => {
  test('run the steps and need what COMMERCEML.md §6 says', () => {
    const table = IMPORT_TYPE_NAMES.map((type) => [type, stepsOf([type]).join(' '), needsOf([type]).join(' ')])
    expect(table).toEqual([
      ['catalog', 'groups properties price_types warehouses goods offers prices stock images', 'goods'],
      ['variants', 'price_types warehouses offers prices stock', 'offers'],
      ['attributes', 'properties', 'properties'],
      ['images', 'images', 'images'],
      ['stocks', 'warehouses stock', 'stock'],
      ['prices', 'price_types prices', 'prices'],
      ['customers', 'customers', 'customers'],
    ])
    const onProducts = IMPORT_TYPE_NAMES.filter((type) => needEarlierProducts([type]))
    expect(onProducts).toEqual(['variants', 'images', 'stocks', 'prices'])
  })

  test('together are the union of their steps, each once, in running order', () => {
    expect(stepsOf(['prices', 'stocks'])).toEqual(['price_types', 'warehouses', 'prices', 'stock'])
    expect(stepsOf(['prices', 'catalog'])).toEqual(stepsOf(['catalog']))
    expect(needsOf(['prices', 'catalog'])).toEqual(['prices', 'goods'])
  })
  test('of prices and stock need products that came before, or with them', () => {
    expect([needEarlierProducts(['prices']), needEarlierProducts(['prices', 'catalog'])]).toEqual([true, false])
  })
})
