import { expect, test } from 'vitest'
import { type WorkerSign, WorkerWatch } from '@/lib/imports/worker-watch'

const SECOND = 1000
const sign = (beat: string, of: Partial<WorkerSign> = {}): WorkerSign => ({
  id: 'pool',
  beat,
  isStale: false,
  isLocked: true,
  ...of,
})

test('a stale worker without its lock is lost at first sight, one that holds it only when seen to stand still', () => {
  expect(new WorkerWatch().look([sign('1', { isStale: true, isLocked: false })], 0)).toEqual(['pool'])

  const watch = new WorkerWatch()
  expect(watch.look([sign('1', { isStale: true })], 0)).toEqual([])
  expect(watch.look([sign('1', { isStale: true })], 14 * SECOND)).toEqual([])
  expect(watch.look([sign('1', { isStale: true })], 15 * SECOND)).toEqual(['pool'])
})

test('a worker that beats is spared, whatever PostgreSQL’s clock says of its heartbeat', () => {
  const watch = new WorkerWatch()
  for (let beat = 0; beat < 20; beat++) {
    expect(watch.look([sign(`${beat}`, { isStale: true })], beat * 10 * SECOND)).toEqual([])
  }
})

test('a worker that stands still is lost after 30 s, though its heartbeat lies ahead: the clock has jumped back', () => {
  const watch = new WorkerWatch()
  expect(watch.look([sign('2099-01-01')], 0)).toEqual([])
  expect(watch.look([sign('2099-01-01', { isLocked: false })], 29 * SECOND)).toEqual([])
  expect(watch.look([sign('2099-01-01', { isLocked: false })], 30 * SECOND)).toEqual(['pool'])
})

test('what was seen before the database was away does not count', () => {
  const watch = new WorkerWatch()
  watch.look([sign('1', { isStale: true })], 0)
  watch.forget()
  expect(watch.look([sign('1', { isStale: true })], 60 * SECOND)).toEqual([])
})
