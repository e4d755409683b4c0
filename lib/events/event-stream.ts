import { STREAM_EVENTS } from '@/lib/events/import-event'

const encoder = new TextEncoder()

/** A server-sent event as bytes, made once for everybody who gets it. */
export const frame = (event: string, data: unknown, id?: string): Uint8Array =>
  encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

/** So many events wait for one slow reader; what comes beyond is dropped, and it is told to ask anew. */
const QUEUE_LENGTH = 64

/** Who listens: users.id, and the session_epoch of their sign-in. */
export interface Listening {
  id: number
  epoch: number
}

/** The events of one browser window. Sending never waits: a reader that is slow or gone holds up nobody else. */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>
  readonly userId: number
  /** users.session_epoch of the sign-in that opened it. */
  readonly epoch: number
  readonly openedAt = Date.now()
  /** Since when it is so far behind that events are dropped; null when it is not. */
  behindSince: number | null = null
  readonly #onEnd: (stream: EventStream) => void
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  /** Repeated when the reader has caught up after events were dropped, with the id of the last of them. */
  #resyncId: string | undefined

  constructor(user: Listening, onEnd: (stream: EventStream) => void) {
    this.userId = user.id
    this.epoch = user.epoch
    this.#onEnd = onEnd
    this.body = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: () => this.#catchUp(),
        cancel: () => this.#close(),
      },
      new CountQueuingStrategy({ highWaterMark: QUEUE_LENGTH }),
    )
  }

  /** `id`: of the event, when it can be asked for again. */
  send(bytes: Uint8Array, id?: string): void {
    if (!this.#controller) return
    if (this.behindSince === null && (this.#controller.desiredSize ?? 0) > 0) {
      this.#controller.enqueue(bytes)
      return
    }
    this.behindSince ??= Date.now()
    this.#resyncId = id ?? this.#resyncId
  }

  end(): void {
    const controller = this.#controller
    this.#close()
    controller?.close()
  }

  /** Called when the reader has taken something: once half of the queue is free, it may go on. */
  #catchUp(): void {
    if (this.behindSince === null || !this.#controller || (this.#controller.desiredSize ?? 0) < QUEUE_LENGTH / 2) return
    this.behindSince = null
    this.#controller.enqueue(frame(STREAM_EVENTS.resync, {}, this.#resyncId))
  }

  #close(): void {
    if (!this.#controller) return
    this.#controller = null
    this.#onEnd(this)
  }
}
