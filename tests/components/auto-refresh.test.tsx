import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { renderPage } from '@/tests/components/render'

const refresh = vi.fn()
const router = { refresh }
vi.mock('next/navigation', () => ({ useRouter: () => router }))

const AT = '2026-11-22T13:35:42.000Z'
/** What the server answers when it is asked for news; null: nothing. */
let status: number | null = 200
let checks: (string | null)[] = []
let hidden = false
/** Until then the server does not answer. */
let held: Promise<void> | null = null

/** jsdom knows no server-sent events: this is told by the test instead of by a server. */
class TestEventSource extends EventTarget {
  static open: TestEventSource[] = []
  constructor(readonly url: string) {
    super()
    TestEventSource.open.push(this)
  }
  close() {
    TestEventSource.open = TestEventSource.open.filter((source) => source !== this)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  refresh.mockClear()
  status = 200
  checks = []
  hidden = false
  held = null
  TestEventSource.open = []
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden)
  vi.stubGlobal('fetch', async (_url: string, { headers }: { headers: Record<string, string> }) => {
    checks.push(headers['If-None-Match'] ?? null)
    await held
    if (status === null) throw new TypeError('Failed to fetch')
    return new Response(null, { status, headers: { date: new Date(Date.parse(AT) + 18_000).toUTCString() } })
  })
  vi.spyOn(console, 'info').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

async function show(active: boolean, props: { session?: number; waits?: boolean } = {}) {
  const { AutoRefresh } = await import('@/components/imports/auto-refresh')
  const page = (isActive: boolean) => (
    <AutoRefresh active={isActive} renderedAt={AT} check={{ url: '/check', version: 'v1' }} {...props} />
  )
  const { rerender } = renderPage(page(active))
  return { setActive: (next: boolean) => rerender(page(next)) }
}

async function setHidden(value: boolean) {
  hidden = value
  await act(async () => {
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
  })
}

describe('without live events', () => {
  test('while something is active, it is asked for news every five seconds, and the console is told once', async () => {
    await show(true)
    expect(screen.getByText('Обновлено: 16:35:42')).toBeVisible()
    await pass(4_900)
    expect(refresh).toHaveBeenCalledTimes(0)
    await pass(200)
    expect(refresh).toHaveBeenCalledTimes(1)
    await pass(5_000)
    expect(refresh).toHaveBeenCalledTimes(2)
    expect(console.info).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('every 5 s'))
  })

  test('when nothing is active, it is asked once a minute: somebody else may start something', async () => {
    const { setActive } = await show(false)
    await pass(59_000)
    expect(checks).toEqual([])
    expect(console.info).not.toHaveBeenCalled()
    await pass(2_000)
    expect(checks).toEqual(['v1'])
    setActive(true)
    await pass(5_100)
    expect(checks).toHaveLength(2)
  })

  test('where nothing is new nothing is fetched, and the data are as of then', async () => {
    status = 204
    await show(true)
    await pass(5_100)
    expect(screen.getByText('Обновлено: 16:36:00')).toBeVisible()
    expect(refresh).not.toHaveBeenCalled()
  })

  test('a hidden tab asks nothing, and catches up at once when it is seen again', async () => {
    await show(true)
    await setHidden(true)
    await pass(60_000)
    expect(checks).toEqual([])
    await setHidden(false)
    await pass(100)
    expect(refresh).toHaveBeenCalledTimes(1)
    await pass(5_100)
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  test('a dead server is not refreshed from: it is asked ever more seldom, and the page says how old its data are', async () => {
    await show(true)
    status = null
    await pass(5_000)
    expect(checks).toHaveLength(1)
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
      expect(checks).toHaveLength(total - 1)
      await pass(100)
      expect(checks).toHaveLength(total)
    }
    expect(refresh).not.toHaveBeenCalled()
    status = 503
    await pass(60_000)
    expect(screen.getByText('База данных не отвечает, данные от 16:35:42')).toBeVisible()
    status = 200
    await pass(60_000)
    expect(refresh).toHaveBeenCalledTimes(1)
    expect(screen.getByText('Обновлено: 16:35:42')).toBeVisible()
    await pass(5_000)
    expect(refresh).toHaveBeenCalledTimes(2)
  })
})

describe('with live events', () => {
  beforeEach(() => vi.stubGlobal('EventSource', TestEventSource))

  const tell = (name: string, data: unknown = {}) =>
    act(async () => {
      for (const source of TestEventSource.open)
        source.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId: 'e-7' }))
    })
  const lose = () =>
    act(async () => {
      for (const source of TestEventSource.open) source.dispatchEvent(new Event('error'))
    })

  test('nothing is asked until something is told; what is told together is one refresh, two a second at most', async () => {
    await show(true)
    await tell('beat')
    await pass(30_000)
    expect(checks).toEqual([])
    await tell('change', { kind: 'session', session: 3 })
    await tell('change', { kind: 'attempt', session: 3 })
    await pass(40)
    expect(checks).toEqual(['v1'])
    await tell('change', { kind: 'step', session: 3 })
    await pass(400)
    expect(checks).toHaveLength(1)
    await pass(100)
    expect(checks).toHaveLength(2)
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  test('a page of one session asks after its own changes only, one that waits also after those it waits for', async () => {
    const elsewhere = { kind: 'session', session: 4 }
    await show(true, { session: 3 })
    await tell('beat')
    await tell('change', elsewhere)
    await tell('change', { kind: 'progress', session: 3, progress: { share: 0.5 } })
    await pass(5_100)
    expect(checks).toEqual([])
    await tell('change', { kind: 'problems', session: 3 })
    await pass(600)
    expect(checks).toEqual([null])
  })

  test('what is told while a poll is under way is asked for after it: never two at once, and nothing is lost', async () => {
    status = 204
    await show(true)
    let answer = () => {}
    held = new Promise((resolve) => {
      answer = resolve
    })
    await pass(5_000)
    await tell('change', { kind: 'session', session: 3 })
    await pass(3_000)
    expect(checks).toHaveLength(1)
    // The poll had been answered before the change.
    answer()
    await pass(0)
    expect(refresh).not.toHaveBeenCalled()
    status = 200
    await pass(600)
    expect(checks).toHaveLength(2)
    expect(refresh).toHaveBeenCalledTimes(1)
  })

  test('a hidden tab is not told either; seen again, it says what it has heard last', async () => {
    await show(true)
    await tell('beat')
    await setHidden(true)
    expect(TestEventSource.open).toEqual([])
    await pass(600_000)
    expect(checks).toEqual([])
    await setHidden(false)
    await pass(100)
    expect(TestEventSource.open.map(({ url }) => url)).toEqual(['/api/imports/events?after=e-7'])
    expect(checks).toEqual(['v1'])
  })

  test('when the stream is lost, five seconds are again the rule until it is back', async () => {
    await show(true)
    await tell('beat')
    await lose()
    await pass(600)
    expect(checks).toHaveLength(1)
    await pass(500)
    await lose()
    await pass(5_000)
    expect(checks).toHaveLength(2)
    await tell('resync')
    await pass(600)
    expect(checks).toHaveLength(3)
    await pass(30_000)
    expect(checks).toHaveLength(3)
  })
})
