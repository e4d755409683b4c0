import { setTimeout } from 'node:timers/promises'
import { STREAM_EVENTS } from '@/lib/events/import-event'

/** A page that is not told anything asks by itself this often, in milliseconds; one that is told, no more often than this. */
const REFRESH_MS = 5_000

/** What a browser window on the list of imports does: it listens, and looks again when it has heard of something. */
export class Window {
  events = 0
  refreshes = 0
  /** What went wrong, how often: answers other than 200 and 204, connections that failed or broke. */
  readonly troubles = new Map<string, number>()
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

  list(): Promise<Map<number, string>> {
    return listAt(this.#url, this.#headers)
  }

  async #listen(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        const answer = await fetch(`${this.#url}/api/imports/events`, {
          headers: this.#headers,
          signal: this.#closed.signal,
        })
        if (answer.status !== 200 || !answer.body) throw new Error(`answers ${answer.status}`)
        // Whatever happened in between.
        this.#isOutOfDate = true
        const decoder = new TextDecoder()
        for await (const piece of answer.body) {
          const heard = decoder.decode(piece).matchAll(/^event: (\w+)/gm)
          for (const [, event] of heard) {
            if (event !== STREAM_EVENTS.change && event !== STREAM_EVENTS.resync) continue
            this.events++
            this.#isOutOfDate = true
          }
        }
      } catch (error) {
        this.#note('events', error)
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
          if (!answer.ok) throw new Error(`answers ${answer.status}`)
          this.refreshes++
        } catch (error) {
          this.#isOutOfDate = true
          this.#note('check', error)
        }
      }
      await this.#pause(REFRESH_MS)
    }
  }

  #note(what: string, error: unknown): void {
    if (this.#closed.signal.aborted) return
    const { message, cause } = error as Error & { cause?: { code?: string } }
    const trouble = `${what}: ${cause?.code ?? message}`
    this.troubles.set(trouble, (this.troubles.get(trouble) ?? 0) + 1)
  }

  #pause(ms: number): Promise<unknown> {
    return setTimeout(ms, undefined, { signal: this.#closed.signal }).catch(() => {})
  }
}

/** What the list of imports says at that web server now, to somebody who sends these headers: session id → status. */
export async function listAt(url: string, headers: Record<string, string>): Promise<Map<number, string>> {
  const answer = await fetch(`${url}/admin/imports`, { headers })
  const rows = (await answer.text()).matchAll(/<tr[^>]*data-session-id="(\d+)"[^>]*data-status="(\w+)"/g)
  return new Map([...rows].map(([, id, status = '']) => [Number(id), status]))
}
