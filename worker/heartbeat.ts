import os from 'node:os'
import { Client } from 'pg'
import { env } from '@/lib/env'
import { HEARTBEAT_MS } from '@/lib/imports/status'
import { log } from '@/lib/log'

/**
 * Says in the table `workers` that this process is alive, until it is stopped, over a connection of its own that holds
 * an advisory lock: a process that is frozen keeps the lock, one that is gone cannot. `id` is the pool's id.
 */
export class Heartbeat {
  readonly id: string
  #client: Client | null = null
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()
  #isBeating = false
  #beatAt = Number.NEGATIVE_INFINITY

  constructor(id: string) {
    this.id = id
  }

  async start(): Promise<void> {
    await this.#beat()
    this.#timer = setInterval(() => {
      // One at a time: a beat that hangs must not be followed by others, each with a connection.
      if (this.#isBeating) return
      this.#isBeating = true
      this.#beating = this.#beat()
        .catch((error) => {
          log.warn({ err: error }, 'heartbeat was not written')
          this.#disconnect(this.#client)
        })
        .finally(() => {
          this.#isBeating = false
        })
    }, HEARTBEAT_MS)
  }

  /** Since the last heartbeat that reached the database, in milliseconds. */
  ageMs(): number {
    return performance.now() - this.#beatAt
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#beating
    const client = this.#client ?? (await this.#connect())
    await client.query(`update workers set stopped_at = now() where id = $1`, [this.id])
    await client.end()
  }

  async #beat(): Promise<void> {
    const client = this.#client ?? (await this.#connect())
    await client.query(
      `insert into workers (id, host, pid) values ($1, $2, $3)
       on conflict (id) do update set seen_at = now(), stopped_at = null`,
      [this.id, os.hostname(), process.pid],
    )
    this.#beatAt = performance.now()
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: env().DATABASE_URL,
      application_name: `obmen worker ${this.id}`,
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
