export interface ReceivedEvent {
  id: string | null
  event: string
  data: unknown
}

/** Reads server-sent events as a browser does; `seen` grows. */
export class EventReader {
  readonly seen: ReceivedEvent[] = []
  /** Settles when the stream has ended. */
  readonly ended: Promise<void>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
    this.ended = this.#read()
  }

  /** What was told of changes. */
  get changes(): unknown[] {
    return this.seen.filter(({ event }) => event === 'change').map(({ data }) => data)
  }

  get lastId(): string | null {
    return this.seen.findLast(({ id }) => id !== null)?.id ?? null
  }

  close(): Promise<void> {
    return this.#reader.cancel()
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder()
    let text = ''
    while (true) {
      const { done, value } = await this.#reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) this.seen.push(parse(block))
    }
  }
}

function parse(block: string): ReceivedEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
  return {
    id: fields.get('id') ?? null,
    event: fields.get('event') ?? '',
    data: JSON.parse(fields.get('data') ?? 'null'),
  }
}
