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
  readonly #id: string
  #client: Client | null = null
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()

  constructor(id: string) {
    this.#id = id
  }

  async start(): Promise<void> {
    await this.#beat()
    this.#timer = setInterval(() => {
      this.#beating = this.#beat().catch((error) => {
        log.warn({ err: error }, 'heartbeat was not written')
        this.#disconnect()
      })
    }, HEARTBEAT_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#beating
    const client = this.#client ?? (await this.#connect())
    await client.query(`update workers set stopped_at = now() where id = $1`, [this.#id])
    await client.end()
  }

  async #beat(): Promise<void> {
    const client = this.#client ?? (await this.#connect())
    await client.query(
      `insert into workers (id, host, pid) values ($1, $2, $3)
       on conflict (id) do update set seen_at = now(), stopped_at = null`,
      [this.#id, os.hostname(), process.pid],
    )
  }

  async #connect(): Promise<Client> {
    const client = new Client({ connectionString: env().DATABASE_URL, application_name: `obmen worker ${this.#id}` })
    client.on('error', () => this.#disconnect())
    await client.connect()
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [this.#id])
    this.#client = client
    return client
  }

  #disconnect(): void {
    this.#client?.end().catch(() => {})
    this.#client = null
  }
}
