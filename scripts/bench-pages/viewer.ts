import { setTimeout } from 'node:timers/promises'

/** A browser window with the list open, as the server sees it: events, then check and refresh (components/imports). */
export class Viewer {
  readonly #url: string
  readonly #headers: { cookie: string }
  readonly #abort = new AbortController()
  #version = ''
  #page = ''
  #isBusy = false
  #isWanted = false
  #onPage: (() => void)[] = []

  constructor(url: string, cookie: string) {
    this.#url = url
    this.#headers = { cookie }
  }

  async open(): Promise<void> {
    const { body, status } = await fetch(`${this.#url}/api/imports/events`, {
      headers: this.#headers,
      signal: this.#abort.signal,
    })
    if (status !== 200 || !body) throw new Error(`The events answer ${status}.`)
    void this.#listen(body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)).catch(
      () => {},
    )
  }

  /** Resolves when the page shows the text. */
  async sees(text: string): Promise<void> {
    while (!this.#page.includes(text) || this.#page === '')
      await new Promise<void>((resolve) => this.#onPage.push(resolve))
  }

  close(): void {
    this.#abort.abort()
  }

  async #listen(events: ReadableStream<string>): Promise<void> {
    for await (const text of events as unknown as AsyncIterable<string>) {
      if (/^event: (change|resync)$/m.test(text)) void this.#refresh()
    }
  }

  /** One at a time, two a second at most. */
  async #refresh(): Promise<void> {
    this.#isWanted = true
    if (this.#isBusy) return
    this.#isBusy = true
    while (this.#isWanted && !this.#abort.signal.aborted) {
      this.#isWanted = false
      await this.#ask().catch(() => {
        this.#isWanted = true
      })
      await setTimeout(500)
    }
    this.#isBusy = false
  }

  async #ask(): Promise<void> {
    const get = (path: string, headers: Record<string, string>) =>
      fetch(`${this.#url}${path}`, { headers: { ...this.#headers, ...headers }, signal: this.#abort.signal })
    const check = await get('/api/imports/check?', { 'If-None-Match': this.#version })
    if (check.status === 204) return
    const answer = await get('/admin/imports', { RSC: '1' })
    this.#page = await answer.text()
    this.#version = /"version":"([^"]+)"/.exec(this.#page)?.[1] ?? ''
    if (answer.status !== 200 || !this.#version) throw new Error(`The list answers ${answer.status}.`)
    for (const resolve of this.#onPage.splice(0)) resolve()
  }
}
