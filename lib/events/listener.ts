import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log'

/** Waits before connecting anew, after one, two, three … failures in a row, in milliseconds. */
const BACK_OFF_MS = [250, 500, 1000, 2000, 4000]
/** What the database does not answer within this time counts as lost. */
const ANSWER_WITHIN_MS = 5000
/** It is asked this often, so that a connection that died in silence is noticed. */
const LOOK_EVERY_MS = 5000
/** A look that was asked for waits this long for others like it, and for the queue to have written what it does. */
const LOOK_SOON_MS = 200

interface Handlers {
  /** Listening: from now on nothing is missed. */
  onUp(): void
  onDown(): void
  onMessage(payload: string): void
  /** Asks the database for what it does not tell by itself. */
  look(db: Client): Promise<void>
}

/** The one connection of a process that listens to the channel `imports`; kept up for ever once it is started. */
export class Listener {
  readonly #handlers: Handlers
  #look: (() => void) | null = null
  #isSoon = false

  constructor(handlers: Handlers) {
    this.#handlers = handlers
  }

  start(): void {
    void this.#keepListening()
  }

  /** Looks in a moment instead of in seconds. */
  lookSoon(): void {
    if (this.#isSoon) return
    this.#isSoon = true
    setTimeout(() => {
      this.#isSoon = false
      this.#look?.()
    }, LOOK_SOON_MS).unref()
  }

  async #keepListening(): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        await this.#listen(() => {
          failures = 0
        })
      } catch (error) {
        if (failures === 0) log.warn({ err: error }, 'the database is not heard: live events pause')
        this.#handlers.onDown()
      }
      await sleep(BACK_OFF_MS[failures] ?? BACK_OFF_MS.at(-1), undefined, { ref: false })
    }
  }

  /** Throws when the connection is lost; until then it does not return. */
  async #listen(onUp: () => void): Promise<never> {
    const db = new Client({
      connectionString: env().DATABASE_URL,
      application_name: 'obmen events',
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
    })
    const lost = new Promise<never>((_, reject) => {
      db.on('error', reject)
      db.on('end', () => reject(new Error('The connection has ended')))
    })
    lost.catch(() => {})
    db.on('notification', ({ payload }) => this.#handlers.onMessage(payload ?? ''))
    try {
      await db.connect()
      await db.query('listen imports')
      onUp()
      this.#handlers.onUp()
      while (true) {
        await Promise.race([lost, this.#handlers.look(db)])
        await Promise.race([lost, this.#untilNextLook()])
      }
    } finally {
      db.end().catch(() => {})
    }
  }

  #untilNextLook(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS).unref()
      this.#look = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
