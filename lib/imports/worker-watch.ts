import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'

/** What the database says of a worker that has not said goodbye. */
export interface WorkerSign {
  id: string
  /** Its last heartbeat, as text: compared, never read. */
  beat: string
  /** Whether that is too long ago by PostgreSQL's clock. */
  isStale: boolean
  /** Whether a connection of its still holds its lock. */
  isLocked: boolean
}

/** A stale heartbeat of a worker that holds its lock must be seen to stand still for this long, in milliseconds. */
const STILL_MS = WORKER_DEAD_AFTER_MS / 2

/**
 * Tells from one look to the next which workers are gone or frozen. A process that is gone has lost its lock; a frozen
 * one keeps it, and is told by a heartbeat that does not move while we watch: by our own monotonic clock, so that no
 * jump of a clock, PostgreSQL's included, condemns a worker that beats or spares one that does not.
 */
export class WorkerWatch {
  #seen = new Map<string, { beat: string; since: number }>()

  /** The ids of those to be given up. `now`: milliseconds of a clock that only goes forward. */
  look(signs: readonly WorkerSign[], now = performance.now()): string[] {
    const seen = new Map<string, { beat: string; since: number }>()
    for (const { id, beat } of signs) {
      const before = this.#seen.get(id)
      seen.set(id, before?.beat === beat ? before : { beat, since: now })
    }
    this.#seen = seen
    return signs.filter((sign) => isLost(sign, now - (seen.get(sign.id)?.since ?? now))).map(({ id }) => id)
  }

  /** Begins anew: while we could not look, the others may not have been able to beat. */
  forget(): void {
    this.#seen.clear()
  }
}

const isLost = ({ isStale, isLocked }: WorkerSign, stillMs: number): boolean =>
  (isStale && !isLocked) || (isStale && stillMs >= STILL_MS) || stillMs >= WORKER_DEAD_AFTER_MS
