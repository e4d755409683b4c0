import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderPage } from '@/tests/components/render'

const refresh = vi.fn()
const router = { refresh }
vi.mock('next/navigation', () => ({ useRouter: () => router }))

const AT = '2026-11-22T13:35:42.000Z'
let healthy = true
let probes = 0
let hidden = false

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  refresh.mockClear()
  healthy = true
  probes = 0
  hidden = false
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden)
  vi.stubGlobal('fetch', async () => {
    probes += 1
    if (!healthy) throw new TypeError('Failed to fetch')
    return new Response('{"status":"ok"}')
  })
  vi.spyOn(console, 'info').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

async function show(active: boolean) {
  const { AutoRefresh } = await import('@/components/imports/auto-refresh')
  const { rerender } = renderPage(<AutoRefresh active={active} renderedAt={AT} />)
  return { setActive: (next: boolean) => rerender(<AutoRefresh active={next} renderedAt={AT} />) }
}

async function setHidden(value: boolean) {
  hidden = value
  await act(async () => {
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
  })
}

test('while something is active, new data come every five seconds, and the console is told once', async () => {
  await show(true)
  expect(screen.getByText('Обновлено: 16:35:42')).toBeVisible()
  await pass(4_900)
  expect(refresh).toHaveBeenCalledTimes(0)
  await pass(200)
  expect(refresh).toHaveBeenCalledTimes(1)
  await pass(10_000)
  expect(refresh).toHaveBeenCalledTimes(3)
  expect(console.info).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('every 5 s'))
})

test('when nothing is active, nothing is asked', async () => {
  const { setActive } = await show(false)
  await pass(60_000)
  expect(probes).toBe(0)
  expect(console.info).not.toHaveBeenCalled()
  setActive(true)
  await pass(5_100)
  expect(refresh).toHaveBeenCalledTimes(1)
  setActive(false)
  await pass(60_000)
  expect(refresh).toHaveBeenCalledTimes(1)
})

test('a hidden tab asks nothing, and catches up at once when it is seen again', async () => {
  await show(true)
  await setHidden(true)
  await pass(60_000)
  expect(probes).toBe(0)
  await setHidden(false)
  expect(refresh).toHaveBeenCalledTimes(1)
  await pass(5_100)
  expect(refresh).toHaveBeenCalledTimes(2)
})

test('a dead server is not refreshed from: it is asked ever more seldom, and the page says how old its data are', async () => {
  await show(true)
  healthy = false
  await pass(5_000)
  expect(probes).toBe(1)
  expect(screen.getByText('Нет связи с сервером, данные от 16:35:42')).toBeVisible()
  for (const [wait, total] of [
    [5_000, 2],
    [10_000, 3],
    [20_000, 4],
    [40_000, 5],
    [60_000, 6],
    [60_000, 7],
  ] as const) {
    await pass(wait - 100)
    expect(probes).toBe(total - 1)
    await pass(100)
    expect(probes).toBe(total)
  }
  expect(refresh).not.toHaveBeenCalled()
  healthy = true
  await pass(60_000)
  expect(refresh).toHaveBeenCalledTimes(1)
  expect(screen.getByText('Обновлено: 16:35:42')).toBeVisible()
  await pass(5_000)
  expect(refresh).toHaveBeenCalledTimes(2)
})
