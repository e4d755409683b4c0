import { setTimeout } from 'node:timers/promises'
import { STREAM_EVENTS } from '@/lib/events/import-event'

/** A page that is not told anything asks by itself this often, in milliseconds; one that is told, no more often than this. */
const REFRESH_MS = 5_000

/** What a browser window on the list of imports does: it listens, and looks again when it has heard of something. */
export class Window {
  events = 0
  refreshes = 0
  /** Answers other than 200 and 204, and connections that failed. */
  troubles = 0
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #closed = new AbortController()
  #isOutOfDate = true

  constructor(url: string, cookie: string) {
    this.#url = url
    this.#headers = { cookie }
  }

  open(): void {
    void this.#listen()
    void this.#refresh()
  }

  close(): void {
    this.#closed.abort()
  }

  /** What the list says now: id → status. */
  async list(): Promise<Map<string, string>> {
    const answer = await fetch(`${this.#url}/admin/imports`, { headers: this.#headers })
    const html = await answer.text()
    const rows = html.matchAll(/<tr[^>]*data-session-id="(\d+)"[^>]*data-status="(\w+)"/g)
    return new Map([...rows].map(([, id = '', status = '']) => [id, status]))
  }

  async #listen(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        const answer = await fetch(`${this.#url}/api/imports/events`, {
          headers: this.#headers,
          signal: this.#closed.signal,
        })
        if (answer.status !== 200 || !answer.body) throw new Error(`${answer.status}`)
        const decoder = new TextDecoder()
        for await (const piece of answer.body) {
          const heard = decoder.decode(piece).matchAll(/^event: (\w+)/gm)
          for (const [, event] of heard) {
            if (event !== STREAM_EVENTS.change && event !== STREAM_EVENTS.resync) continue
            this.events++
            this.#isOutOfDate = true
          }
        }
      } catch {
        if (!this.#closed.signal.aborted) this.troubles++
      }
      await this.#pause(1_000)
    }
  }

  async #refresh(): Promise<void> {
    // Not all at once.
    await this.#pause(Math.random() * REFRESH_MS)
    while (!this.#closed.signal.aborted) {
      if (this.#isOutOfDate) {
        this.#isOutOfDate = false
        try {
          const answer = await fetch(`${this.#url}/api/imports/check`, {
            headers: this.#headers,
            signal: this.#closed.signal,
          })
          await answer.arrayBuffer()
          this.refreshes++
          if (!answer.ok) this.troubles++
        } catch {
          if (!this.#closed.signal.aborted) this.troubles++
        }
      }
      await this.#pause(REFRESH_MS)
    }
  }

  #pause(ms: number): Promise<unknown> {
    return setTimeout(ms, undefined, { signal: this.#closed.signal }).catch(() => {})
  }
}
