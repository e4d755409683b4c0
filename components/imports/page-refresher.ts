import type { CheckResult } from '@/components/imports/page-check'

/** While something is active and nothing tells of changes. */
export const POLL_ACTIVE_MS = 5_000
/** While nothing is: somebody else may start something. */
const POLL_IDLE_MS = 60_000
/** At most two refreshes a second. */
const GAP_MS = 500
/** Changes that are told in one breath are one. */
const BREATH_MS = 30
/** Waits after one, two, three … failures in a row. */
const BACK_OFF_MS = [5_000, 10_000, 20_000, 40_000, 60_000]
/** A refresh that did not come by then is not waited for any longer. */
const REFRESH_WITHIN_MS = 15_000

/** How new data are asked for: only when the server says that they differ, or in any case. */
type Want = 'check' | 'force'

interface Page {
  check(want: Want): Promise<CheckResult>
  /** Brings the new data; settled() is called when they are shown. */
  refresh(): void
  onResult(result: CheckResult): void
}

/** Decides when a page asks for new data: one request at a time, at most two a second, ever more seldom in vain, none unseen. */
export class PageRefresher {
  readonly #page: Page
  #isActive = false
  #isLive = false
  #isStopped = false
  #wanted: Want | null = null
  #isBusy = false
  #failures = 0
  #startedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined

  constructor(page: Page) {
    this.#page = page
  }

  /** `isActive`: something shown can still change by itself; `isLive`: changes are told of. */
  set(state: { isActive?: boolean; isLive?: boolean }): void {
    this.#isActive = state.isActive ?? this.#isActive
    this.#isLive = state.isLive ?? this.#isLive
    this.#plan()
  }

  /** There may be something new. `now`: also when the last attempts were in vain. */
  want(want: Want, now = false): void {
    if (this.#wanted !== 'force') this.#wanted = want
    if (now) this.#failures = 0
    this.#plan()
  }

  /** What refresh() brought is shown. */
  settled(): void {
    if (!this.#patience) return
    clearTimeout(this.#patience)
    this.#patience = undefined
    this.#isBusy = false
    this.#plan()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    clearTimeout(this.#patience)
  }

  #plan(): void {
    clearTimeout(this.#timer)
    if (this.#isBusy || this.#isStopped || document.hidden) return
    const wait = this.#wait()
    if (wait !== null) this.#timer = setTimeout(() => void this.#run(), wait)
  }

  #wait(): number | null {
    if (this.#failures > 0) return this.#since(BACK_OFF_MS[this.#failures - 1] ?? BACK_OFF_MS.at(-1) ?? 0)
    if (this.#wanted) return Math.max(BREATH_MS, this.#since(GAP_MS))
    if (this.#isLive) return null
    return this.#since(this.#isActive ? POLL_ACTIVE_MS : POLL_IDLE_MS)
  }

  /** What is left of a time that began with the last run, or else begins now. */
  #since(milliseconds: number): number {
    if (this.#startedAt === 0) this.#startedAt = Date.now()
    return Math.max(0, this.#startedAt + milliseconds - Date.now())
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    this.#startedAt = Date.now()
    const want = this.#wanted ?? 'check'
    this.#wanted = null
    const result = await this.#page.check(want)
    const { answer } = result
    if (this.#isStopped) return
    this.#failures = answer === 'same' || answer === 'changed' ? 0 : this.#failures + 1
    // What was in vain is still wanted.
    if (this.#failures > 0) this.#wanted ??= want
    this.#page.onResult(result)
    if (answer === 'changed' && !document.hidden) {
      this.#patience = setTimeout(() => this.settled(), REFRESH_WITHIN_MS)
      this.#page.refresh()
      return
    }
    if (answer === 'changed') this.#wanted ??= want
    this.#isBusy = false
    this.#plan()
  }
}
