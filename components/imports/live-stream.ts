import { type ImportEvent, STREAM_DEAD_AFTER_MS, STREAM_EVENTS } from '@/lib/events/import-event'

const URL = '/api/imports/events'
/** Waits before opening it anew, after one, two, three … failures in a row. */
const BACK_OFF_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 60_000]

export interface StreamListener {
  onChange(event: ImportEvent): void
  /** Something may have been missed. */
  onResync(): void
  /** Whether every change is told from now on. */
  onUp(isUp: boolean): void
}

/** The events of this window: one stream for all who listen, open only while somebody does and the window is seen. */
class LiveStream {
  isUp = false
  readonly #listeners = new Set<StreamListener>()
  #source: EventSource | null = null
  /** Of the last event, so that the server can tell what was missed. */
  #lastId = ''
  #failures = 0
  #reopening: ReturnType<typeof setTimeout> | undefined
  #watchdog: ReturnType<typeof setTimeout> | undefined

  /** Listens until the returned function is called. */
  listen(listener: StreamListener): () => void {
    if (this.#listeners.size === 0) {
      document.addEventListener('visibilitychange', this.#onVisibility)
      window.addEventListener('online', this.reopen)
      window.addEventListener('offline', this.#onLost)
      window.addEventListener('pagehide', this.#close)
      window.addEventListener('pageshow', this.#onVisibility)
    }
    this.#listeners.add(listener)
    this.#open()
    return () => {
      this.#listeners.delete(listener)
      // On the way to another page the next one listens in the same moment.
      setTimeout(() => this.#closeIfUnheard())
    }
  }

  /** Tries at once: there is reason to believe that the server answers again. */
  reopen = (): void => {
    this.#failures = 0
    if (!this.#source) this.#open()
  }

  #open(): void {
    clearTimeout(this.#reopening)
    if (this.#source || this.#listeners.size === 0 || document.hidden || typeof EventSource === 'undefined') return
    const source = new EventSource(this.#lastId ? `${URL}?after=${encodeURIComponent(this.#lastId)}` : URL)
    this.#source = source
    this.#watch()
    let isDeaf = false
    const on = (name: string, handle: (data: string) => void) =>
      source.addEventListener(name, (message: MessageEvent<string>) => {
        if (message.lastEventId) this.#lastId = message.lastEventId
        this.#failures = 0
        this.#watch()
        handle(message.data)
      })
    on(STREAM_EVENTS.change, (data) => {
      const event = JSON.parse(data) as ImportEvent
      for (const listener of this.#listeners) listener.onChange(event)
    })
    on(STREAM_EVENTS.resync, () => {
      isDeaf = false
      this.#setUp(true)
      for (const listener of this.#listeners) listener.onResync()
    })
    on(STREAM_EVENTS.beat, () => {
      if (!isDeaf) this.#setUp(true)
    })
    on(STREAM_EVENTS.deaf, () => {
      isDeaf = true
      this.#setUp(false)
    })
    // The browser would try again by itself, every few seconds for ever, in vain and from a hidden tab too.
    source.addEventListener('error', this.#onLost)
  }

  readonly #onLost = (): void => {
    if (!this.#source) return
    const wasUp = this.isUp
    this.#close()
    // Not even opened: told once more, so that the pages ask whether anybody answers at all.
    if (!wasUp) for (const listener of this.#listeners) listener.onUp(false)
    const wait = BACK_OFF_MS[this.#failures] ?? BACK_OFF_MS.at(-1)
    this.#failures++
    this.#reopening = setTimeout(() => this.#open(), wait)
  }

  readonly #close = (): void => {
    clearTimeout(this.#reopening)
    clearTimeout(this.#watchdog)
    this.#source?.close()
    this.#source = null
    this.#setUp(false)
  }

  #setUp(isUp: boolean): void {
    if (this.isUp === isUp) return
    this.isUp = isUp
    for (const listener of this.#listeners) listener.onUp(isUp)
  }

  /** A connection may die without a word. */
  #watch(): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(this.#onLost, STREAM_DEAD_AFTER_MS)
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.#close()
    else this.reopen()
  }

  #closeIfUnheard(): void {
    if (this.#listeners.size > 0) return
    this.#close()
    document.removeEventListener('visibilitychange', this.#onVisibility)
    window.removeEventListener('online', this.reopen)
    window.removeEventListener('offline', this.#onLost)
    window.removeEventListener('pagehide', this.#close)
    window.removeEventListener('pageshow', this.#onVisibility)
  }
}

export const liveStream = new LiveStream()
