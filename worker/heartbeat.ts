import os from 'node:os'
import { Client } from 'pg'
import { env } from '@/lib/env'
import { HEARTBEAT_MS, WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { log } from '@/lib/log'

/** A beat that failed is tried again after this long, in milliseconds. */
const RETRY_MS = 1_000

/**
 * Says in the table `workers` that this pool is alive, until it is stopped, over a connection of its own that holds an
 * advisory lock: a process that is frozen keeps the lock, one that is gone cannot. `id` is the pool's id. Once the others
 * have given the pool up it must not come back under that id: `onLost` is called.
 */
export class Heartbeat {
  readonly id: string
  readonly #onLost: () => void
  #client: Client | null = null
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()
  #isStopped = false
  #isLost = false
  /** When the last beat that reached the database was sent; milliseconds of a clock that only goes forward. */
  #sentAt = Number.NEGATIVE_INFINITY

  constructor(id: string, onLost: () => void) {
    this.id = id
    this.#onLost = onLost
  }

  /** Registers the pool, and beats from then on. */
  async start(): Promise<void> {
    await this.#beat()
    this.#beatAfter(HEARTBEAT_MS)
  }

  /** Whether nobody can have given the pool up yet: only then may it take a job. */
  get isFresh(): boolean {
    return !this.#isLost && this.ageMs() < WORKER_DEAD_AFTER_MS - HEARTBEAT_MS
  }

  /** Since the last heartbeat that reached the database, in milliseconds. */
  ageMs(): number {
    return performance.now() - this.#sentAt
  }

  /** Beats no more; `sayGoodbye` tells the others that nothing was left behind. */
  async stop(sayGoodbye: boolean): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#beating
    try {
      if (!sayGoodbye) return
      const client = this.#client ?? (await this.#connect())
      await client.query(`update workers set stopped_at = now() where id = $1`, [this.id])
    } finally {
      await this.#client?.end().catch(() => {})
    }
  }

  /** One at a time: a beat that hangs must not be followed by others, each with a connection. */
  #beatAfter(delay: number): void {
    if (this.#isStopped || this.#isLost) return
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat().then(
        () => this.#beatAfter(HEARTBEAT_MS),
        (error) => {
          log.warn({ err: error }, 'heartbeat was not written')
          this.#disconnect(this.#client)
          this.#beatAfter(RETRY_MS)
        },
      )
    }, delay)
  }

  async #beat(): Promise<void> {
    const client = this.#client ?? (await this.#connect())
    const sentAt = performance.now()
    const { rowCount } = await client.query(
      `insert into workers (id, host, pid) values ($1, $2, $3)
       on conflict (id) do update set seen_at = clock_timestamp() where workers.stopped_at is null`,
      [this.id, os.hostname(), process.pid],
    )
    if (rowCount !== 0) this.#sentAt = sentAt
    else if (!this.#isStopped) {
      this.#isLost = true
      this.#onLost()
    }
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: env().DATABASE_URL,
      application_name: `obmen worker ${this.id}`,
      connectionTimeoutMillis: HEARTBEAT_MS,
      query_timeout: HEARTBEAT_MS,
    })
    client.on('error', () => this.#disconnect(client))
    try {
      await client.connect()
      // The server shall notice within half a minute that this machine is gone, and drop the lock.
      await client.query(`set tcp_keepalives_idle = 10`)
      await client.query(`set tcp_keepalives_interval = 5`)
      await client.query(`set tcp_keepalives_count = 3`)
      // Not waited for: an earlier connection of this process may still hold it.
      await client.query(`select pg_try_advisory_lock(hashtextextended($1, 0))`, [this.id])
    } catch (error) {
      this.#disconnect(client)
      throw error
    }
    this.#client = client
    return client
  }

  #disconnect(client: Client | null): void {
    client?.end().catch(() => {})
    if (this.#client === client) this.#client = null
  }
}
