import { expect, test } from 'vitest'
import { concurrently } from '@/worker/pictures/concurrently'

const tick = () => new Promise((resolve) => setImmediate(resolve))

test('keeps the order of the items, and never has more at work than it may', async () => {
  let atWork = 0
  let most = 0
  const results = await concurrently([5, 1, 4, 2, 3], 2, async (ticks) => {
    most = Math.max(most, ++atWork)
    for (let i = 0; i < ticks; i++) await tick()
    atWork--
    return ticks * 10
  })
  expect(results).toEqual([50, 10, 40, 20, 30])
  expect(most).toBe(2)
})

test('begins nothing after a failure, and leaves nothing running', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const work = concurrently([1, 2, 3, 4], 2, async (item) => {
    begun.push(item)
    if (item === 1) throw new Error('broken')
    await tick()
    ended.push(item)
  })
  await expect(work).rejects.toThrow('broken')
  expect(begun).toEqual([1, 2])
  expect(ended).toEqual([2])
})
