import type { Logger } from 'pino'
import { database } from '@/lib/db'
import type { Claim } from '@/lib/imports/lifecycle'
import type { ProblemLog } from './problem-log'

/** What reading has found so far is written this often, in milliseconds. */
const EVERY_MS = 2000
/** A chart needs no more points. With each time that they become too many, every other one goes. */
const POINTS = 80
const FIRST_STEP_MS = 100

/** Tells, while an export is read, how fast that goes and what is wrong with it: for the page, not for the import. */
export class ReadingReport {
  readonly #claim: Claim
  readonly #problems: ProblemLog
  readonly #log: Logger
  readonly #beganAt: number
  #records = 0
  #points: [milliseconds: number, records: number][]
  #stepMs = FIRST_STEP_MS
  #writtenAt = 0

  constructor(claim: Claim, problems: ProblemLog, log: Logger) {
    this.#claim = claim
    this.#problems = problems
    this.#log = log
    this.#beganAt = claim.claimedAt
    this.#points = [[Math.round(performance.now() - this.#beganAt), 0]]
  }

  /** So many records more; returns something to wait for when it is time to write. */
  add(records: number): Promise<void> | undefined {
    this.#records += records
    const now = performance.now() - this.#beganAt
    if (now - (this.#points.at(-1)?.[0] ?? 0) >= this.#stepMs) this.#sample(now)
    return now - this.#writtenAt >= EVERY_MS ? this.#write(now) : undefined
  }

  async finish(): Promise<void> {
    const now = performance.now() - this.#beganAt
    this.#sample(now)
    await this.#write(now)
  }

  #sample(now: number): void {
    this.#points.push([Math.round(now), this.#records])
    if (this.#points.length <= POINTS) return
    this.#points = this.#points.filter((_, i) => i % 2 === 0)
    this.#stepMs *= 2
  }

  async #write(now: number): Promise<void> {
    this.#writtenAt = now
    try {
      await database().$executeRaw`
        update import_attempts set samples = ${JSON.stringify(this.#points)}::jsonb
        where token = ${this.#claim.token}::uuid and finished_at is null`
      await this.#problems.writeSoFar(this.#claim)
    } catch (error) {
      // Nothing is lost but time: what was not written now is written with the next, or at the end.
      this.#log.warn({ err: error }, 'what reading found was not written')
    }
  }
}
