import type { Logger } from 'pino'
import { type Claim, ClaimLostError } from '@/lib/imports/lifecycle'
import { type KnownStep, knownSteps, learnPace, type Pace } from '@/lib/imports/pace'
import { estimate, expectedSeconds, overallShare, recent, type Sample, shareByTime } from '@/lib/imports/progress'
import { recordProgress, recordRows } from '@/lib/imports/record-progress'
import type { StepKind } from '@/prisma/client/enums'

/** Progress is written at most this often, in milliseconds. */
const INTERVAL_MS = 500

interface Context {
  onClaimLost(error: ClaimLostError): void
  log: Logger
}

/**
 * Tells the database how far an attempt is, over a connection of its own and at most twice a second.
 * Learning that the claim is lost, it says so through `onClaimLost`; any other failure only costs a report.
 */
export class Progress {
  readonly #claim: Claim
  readonly #context: Context
  readonly #pace: Pace
  readonly #steps: KnownStep[]
  #bytesTotal = 0
  #bytesRead = 0
  #filesTotal = 0
  #fileNumber: number | null = null
  #currentFile: string | null = null
  #records = 0
  #running: { kind: StepKind; startedAt: number; share: number | null } | null = null
  #samples: Sample[] = []
  #timer: NodeJS.Timeout | undefined
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing: Promise<void> | null = null
  #isFirst = true

  private constructor(claim: Claim, pace: Pace, steps: KnownStep[], context: Context) {
    this.#claim = claim
    this.#pace = pace
    this.#steps = steps
    this.#context = context
  }

  /** Of an attempt that begins; what earlier ones completed counts. To be stopped. */
  static async of(claim: Claim, context: Context): Promise<Progress> {
    const [pace, steps] = await Promise.all([learnPace(claim.sessionId), knownSteps(claim.sessionId)])
    const progress = new Progress(claim, pace, steps, context)
    progress.#timer = setInterval(() => progress.#tick(), INTERVAL_MS)
    return progress
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  beginReading(files: readonly { size: number }[]): void {
    this.#filesTotal = files.length
    this.#bytesTotal = files.reduce((sum, { size }) => sum + size, 0)
  }

  beginFile(name: string, number: number): void {
    this.#currentFile = name
    this.#fileNumber = number
  }

  read(bytes: number, records: number): void {
    this.#bytesRead += bytes
    this.#records += records
    this.#tick()
  }

  /** Everything is read: so many records has each step to do. */
  async finishReading(rows: ReadonlyMap<StepKind, number>): Promise<void> {
    this.#bytesRead = this.#bytesTotal
    this.#currentFile = null
    this.#fileNumber = null
    for (const step of this.#steps) step.rowsTotal = rows.get(step.kind) ?? step.rowsTotal
    // Records read are no measure for records applied.
    this.#records = 0
    this.#samples = []
    await this.#writing
    await this.#attempt(() => recordRows(this.#claim, rows))
    await this.#write()
  }

  beginStep(kind: StepKind): void {
    this.#running = { kind, startedAt: performance.now(), share: null }
    this.#tick()
  }

  /** How far the step is, where it can tell: 0…1. */
  stepAt(share: number): void {
    if (!this.#running) return
    this.#running.share = Math.min(1, share)
    this.#tick()
  }

  endStep(kind: StepKind): void {
    const step = this.#steps.find((candidate) => candidate.kind === kind)
    if (step) step.completed = true
    this.#records += step?.rowsTotal ?? 0
    this.#running = null
    this.#tick()
  }

  #tick(): void {
    if (this.#bytesTotal === 0 || this.#writing || performance.now() - this.#writtenAt < INTERVAL_MS) return
    this.#writing = this.#write().finally(() => {
      this.#writing = null
    })
  }

  async #write(): Promise<void> {
    this.#writtenAt = performance.now()
    const share = this.#share()
    const rowsDone = Math.round((this.#running?.share ?? 0) * this.#rowsOf(this.#running?.kind))
    this.#samples = recent([...this.#samples, { at: this.#writtenAt, share, records: this.#records + rowsDone }])
    const isFirst = this.#isFirst
    this.#isFirst = false
    await this.#attempt(() =>
      recordProgress(
        this.#claim,
        {
          share,
          bytesTotal: this.#bytesTotal,
          bytesRead: Math.min(this.#bytesRead, this.#bytesTotal),
          currentFile: this.#currentFile,
          fileNumber: this.#fileNumber,
          filesTotal: this.#filesTotal,
          rowsDone,
          ...estimate(this.#samples),
        },
        isFirst,
      ),
    )
  }

  async #attempt(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (error instanceof ClaimLostError) this.#context.onClaimLost(error)
      else this.#context.log.warn({ err: error }, 'progress was not written')
    }
  }

  #share(): number {
    const seconds = ({ kind, rowsTotal }: KnownStep) =>
      expectedSeconds(rowsTotal ?? 0, this.#pace.secondsPerRecord[kind])
    const sum = (steps: readonly KnownStep[]) => steps.reduce((total, step) => total + seconds(step), 0)
    const running = this.#steps.find(({ kind }) => kind === this.#running?.kind)
    const elapsed = (performance.now() - (this.#running?.startedAt ?? 0)) / 1000
    return overallShare({
      readingShare: this.#pace.readingShare,
      read: this.#bytesTotal > 0 ? this.#bytesRead / this.#bytesTotal : 0,
      done: sum(this.#steps.filter(({ completed }) => completed)),
      running: running ? seconds(running) * (this.#running?.share ?? shareByTime(elapsed, seconds(running))) : 0,
      all: sum(this.#steps),
    })
  }

  #rowsOf(kind: StepKind | undefined): number {
    return this.#steps.find((step) => step.kind === kind)?.rowsTotal ?? 0
  }
}
