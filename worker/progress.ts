import type { Logger } from 'pino'
import { type Claim, ClaimLostError, recordReading } from '@/lib/imports/lifecycle'

/** Progress is written at most this often, in milliseconds. */
const INTERVAL_MS = 500

/**
 * Tells the database how far reading is, over a connection of its own and at most twice a second.
 * Learning that the claim is lost, it says so through `onClaimLost`; any other failure only costs a report.
 */
export class ReadingProgress {
  readonly #claim: Claim
  readonly #bytesTotal: number
  readonly #onClaimLost: (error: ClaimLostError) => void
  readonly #log: Logger
  #bytesRead = 0
  #currentFile: string | null = null
  #writtenAt = 0
  #writing: Promise<void> | null = null

  constructor(claim: Claim, bytesTotal: number, onClaimLost: (error: ClaimLostError) => void, log: Logger) {
    this.#claim = claim
    this.#bytesTotal = bytesTotal
    this.#onClaimLost = onClaimLost
    this.#log = log
  }

  read(file: string, bytes: number): void {
    this.#bytesRead += bytes
    this.#currentFile = file
    if (this.#writing || Date.now() - this.#writtenAt < INTERVAL_MS) return
    this.#writing = this.#write().finally(() => {
      this.#writing = null
    })
  }

  /** Everything is read. */
  async finish(): Promise<void> {
    await this.#writing
    this.#bytesRead = this.#bytesTotal
    this.#currentFile = null
    await this.#write()
  }

  async #write(): Promise<void> {
    this.#writtenAt = Date.now()
    try {
      await recordReading(this.#claim, {
        bytesRead: Math.min(this.#bytesRead, this.#bytesTotal),
        bytesTotal: this.#bytesTotal,
        currentFile: this.#currentFile,
      })
    } catch (error) {
      if (error instanceof ClaimLostError) this.#onClaimLost(error)
      else this.#log.warn({ err: error }, 'progress was not written')
    }
  }
}
