import type { Client } from 'pg'
import { EventStream, frame, type Listening } from '@/lib/events/event-stream'
import { type ImportEvent, STREAM_EVENTS } from '@/lib/events/import-event'
import { Listener } from '@/lib/events/listener'
import { QueueWatch } from '@/lib/events/queue-watch'
import { log } from '@/lib/log'
import { may } from '@/lib/permissions'
import type { Role } from '@/prisma/client/enums'

/** Events that a browser which was away for a moment can still get. */
const KEPT_EVENTS = 256
/** Open windows of one user; hidden ones close their stream. */
const STREAMS_PER_USER = 20
const BEAT_EVERY_MS = 15_000
/** A reader that took nothing for so long is gone. */
const BEHIND_AT_MOST_MS = 60_000
/** After so long a browser has to come anew, with a cookie that is still valid. */
const LIFETIME_MS = 60 * 60_000

const RESYNC = STREAM_EVENTS.resync

/**
 * One for each web process: hears the database over one connection and tells every open browser window. Started by the
 * first window; from then on `isLive` says whether all that happens is heard.
 */
export class EventHub {
  /** Grow with everything that is heard of them; what was read before may be out of date. */
  readonly versions = { imports: 0, users: 0 }
  isLive = false
  readonly #epoch = Date.now().toString(36)
  readonly #streams = new Set<EventStream>()
  readonly #kept: { number: number; bytes: Uint8Array }[] = []
  readonly #watch = new QueueWatch()
  readonly #listener = new Listener({
    onUp: () => this.#onUp(),
    onDown: () => this.#onDown(),
    onMessage: (payload) => this.#onMessage(payload),
    look: (db) => this.#look(db),
  })
  #isStarted = false
  #isStopped = false
  #number = 0
  #beat: NodeJS.Timeout | undefined

  /** A stream for a window of that user; null when they have too many already. */
  open(user: Listening, lastEventId: string | null): EventStream | null {
    if (this.#isStopped || [...this.#streams].filter(({ userId }) => userId === user.id).length >= STREAMS_PER_USER)
      return null
    this.#start()
    const stream = new EventStream(user, (ended) => this.#streams.delete(ended))
    this.#streams.add(stream)
    if (!this.isLive) stream.send(frame(STREAM_EVENTS.deaf, {}))
    else this.#replay(stream, lastEventId)
    return stream
  }

  /** What was read before may be out of date, for a reason that is not heard of yet. */
  forget(): void {
    this.versions.imports++
    this.versions.users++
  }

  /** Ends all streams: the process is asked to stop, and would wait for them. */
  stop(): void {
    this.#isStopped = true
    clearInterval(this.#beat)
    for (const stream of this.#streams) stream.end()
  }

  #start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#listener.start()
    this.#beat = setInterval(() => this.#lookAfterStreams(), BEAT_EVERY_MS).unref()
  }

  #onUp(): void {
    log.info('live events: listening to the database')
    this.isLive = true
    this.forget()
    this.#watch.reset()
    this.#tellAll(RESYNC, {})
  }

  #onDown(): void {
    if (!this.isLive) return
    this.isLive = false
    this.#tellAll(STREAM_EVENTS.deaf, {})
  }

  #onMessage(payload: string): void {
    const event = JSON.parse(payload) as ImportEvent | { kind: 'users' }
    this.versions[event.kind === 'users' ? 'users' : 'imports']++
    // Who may still listen is for the next look to find out.
    if (event.kind !== 'progress' && event.kind !== 'problems' && event.kind !== 'log') this.#listener.lookSoon()
    if (event.kind !== 'users') this.#publish(event)
  }

  async #look(db: Client): Promise<void> {
    for (const event of await this.#watch.look(db)) {
      this.versions.imports++
      this.#publish(event)
    }
    const userIds = [...new Set([...this.#streams].map(({ userId }) => userId))]
    if (userIds.length === 0) return
    const { rows } = await db.query<{ id: number; role: Role; epoch: number }>(
      'select id, role, session_epoch as epoch from users where id = any($1) and is_active',
      [userIds],
    )
    const allowed = new Map(rows.flatMap(({ id, role, epoch }) => (may(role, 'imports.read') ? [[id, epoch]] : [])))
    for (const stream of this.#streams) {
      if (userIds.includes(stream.userId) && allowed.get(stream.userId) !== stream.epoch) stream.end()
    }
  }

  #publish(event: ImportEvent): void {
    this.#tellAll(STREAM_EVENTS.change, event)
  }

  #tellAll(name: string, data: unknown): void {
    const number = ++this.#number
    const id = this.#idOf(number)
    const bytes = frame(name, data, id)
    this.#kept.push({ number, bytes })
    if (this.#kept.length > KEPT_EVENTS) this.#kept.shift()
    for (const stream of this.#streams) stream.send(bytes, id)
  }

  #replay(stream: EventStream, lastEventId: string | null): void {
    const last = lastEventId?.startsWith(`${this.#epoch}-`) ? Number(lastEventId.slice(this.#epoch.length + 1)) : null
    const first = this.#kept[0]?.number ?? this.#number + 1
    if (last === null || !(last >= first - 1 && last <= this.#number)) {
      stream.send(frame(RESYNC, {}, this.#idOf(this.#number)))
      return
    }
    for (const { number, bytes } of this.#kept) {
      if (number > last) stream.send(bytes, this.#idOf(number))
    }
    stream.send(frame(STREAM_EVENTS.beat, {}))
  }

  #idOf(number: number): string {
    return `${this.#epoch}-${number}`
  }

  #lookAfterStreams(): void {
    const now = Date.now()
    const beat = frame(STREAM_EVENTS.beat, {})
    for (const stream of this.#streams) {
      const isGone = stream.behindSince !== null && now - stream.behindSince > BEHIND_AT_MOST_MS
      if (isGone || now - stream.openedAt > LIFETIME_MS) stream.end()
      else stream.send(beat)
    }
  }
}

const holder = globalThis as typeof globalThis & { obmenEventHub?: EventHub }

/** The process's one hub: on globalThis, because routes and pages are bundled apart. */
export function eventHub(): EventHub {
  if (!holder.obmenEventHub) {
    const hub = new EventHub()
    holder.obmenEventHub = hub
    // Next.js waits for open responses before it stops; these would never end by themselves.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => hub.stop())
  }
  return holder.obmenEventHub
}
