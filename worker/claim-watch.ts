import { Client } from 'pg'
import type { Logger } from 'pino'
import { env } from '@/lib/env'
import { CANCEL_CHANNEL } from '@/lib/imports/cancel'
import { type Claim, ClaimLostError } from '@/lib/imports/lifecycle'

/** The reason an import is aborted with when somebody cancels its session. */
export class ImportCancelled extends Error {
  override name = 'ImportCancelled'
}

/** How often the session is looked at, should a notification not arrive, in milliseconds. */
const POLL_MS = 1000

/**
 * Aborts an attempt as soon as its session is cancelled, or claimed by another, whatever the attempt is at: it listens,
 * and looks every second, over a connection of its own.
 */
export class ClaimWatch {
  readonly #claim: Claim
  readonly #abort: AbortController
  readonly #log: Logger
  readonly #timer: NodeJS.Timeout
  #client: Client | null = null
  #looking: Promise<void> | null = null
  #stopped = false

  constructor(claim: Claim, abort: AbortController, log: Logger) {
    this.#claim = claim
    this.#abort = abort
    this.#log = log
    this.#timer = setInterval(() => this.#look(), POLL_MS)
    this.#look()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#looking
    await this.#client?.end().catch(() => {})
  }

  #look(): void {
    if (this.#looking || this.#stopped || this.#abort.signal.aborted) return
    this.#looking = this.#check()
      .catch((error) => {
        this.#log.warn({ err: error }, 'could not look whether the session is cancelled')
        this.#disconnect()
      })
      .finally(() => {
        this.#looking = null
      })
  }

  async #check(): Promise<void> {
    const client = this.#client ?? (await this.#connect())
    const { rows } = await client.query<{ cancelled: boolean }>(
      `select cancel_requested_at is not null as cancelled from import_sessions where id = $1 and attempt_token = $2`,
      [this.#claim.sessionId, this.#claim.token],
    )
    if (this.#stopped || rows[0]?.cancelled === false) return
    this.#abort.abort(rows[0] ? new ImportCancelled() : new ClaimLostError())
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: env().DATABASE_URL,
      application_name: `obmen cancel ${this.#claim.sessionId}`,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    })
    client.on('error', () => this.#disconnect())
    client.on('notification', ({ payload }) => {
      if (payload === String(this.#claim.sessionId)) this.#look()
    })
    this.#client = client
    await client.connect()
    await client.query(`listen ${CANCEL_CHANNEL}`)
    return client
  }

  #disconnect(): void {
    this.#client?.end().catch(() => {})
    this.#client = null
  }
}
