import type { SessionStatus } from '@/prisma/client/enums'

/**
 * The one table of legal moves. Every statement that moves a session takes the «from» side of its guard from here:
 * `update … where id = … and status in (movesTo(next))`.
 */
const MOVES = {
  STARTED: ['IN_PROGRESS', 'FAILED', 'CANCELLED'],
  // Back to STARTED: a worker that is stopping hands its session back to the queue.
  IN_PROGRESS: ['STARTED', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED'],
  COMPLETED: [],
  COMPLETED_WITH_ERRORS: [],
  FAILED: [],
  CANCELLED: [],
} as const satisfies Record<SessionStatus, readonly SessionStatus[]>

export const SESSION_STATUSES = Object.keys(MOVES) as SessionStatus[]
export const ACTIVE_STATUSES = ['STARTED', 'IN_PROGRESS'] as const satisfies readonly SessionStatus[]

/** The statuses from which a session may move to `next`. */
export const movesTo = (next: SessionStatus): SessionStatus[] =>
  SESSION_STATUSES.filter((from) => (MOVES[from] as readonly SessionStatus[]).includes(next))

export const isActive = (status: SessionStatus): boolean =>
  (ACTIVE_STATUSES as readonly SessionStatus[]).includes(status)

/** A worker writes its heartbeat this often, in milliseconds. */
export const HEARTBEAT_MS = 10_000
/** A worker silent for this long, in milliseconds, counts as dead. */
export const WORKER_DEAD_AFTER_MS = 30_000

export const JOB_STATES = ['PENDING', 'STARTED', 'RETRY', 'SUCCESS', 'FAILURE', 'CANCELLED', 'LOST'] as const
export type JobState = (typeof JOB_STATES)[number]

/** What is known of an active session's row in graphile_worker.jobs. */
export interface JobRow {
  locked: boolean
  /** Whether the worker that holds the lock has been heard of lately; meaningless while not locked. */
  workerAlive: boolean
  attempts: number
  maxAttempts: number
}

/** What the job of a session is doing (DESIGN.md §2). `job` is null when the queue has no such job. */
export function jobStateOf(status: SessionStatus, job: JobRow | null): JobState {
  switch (status) {
    case 'COMPLETED':
    case 'COMPLETED_WITH_ERRORS':
      return 'SUCCESS'
    case 'FAILED':
      return 'FAILURE'
    case 'CANCELLED':
      return 'CANCELLED'
    case 'STARTED':
    case 'IN_PROGRESS':
      if (!job) return 'LOST'
      if (job.locked) return job.workerAlive ? 'STARTED' : 'LOST'
      if (job.attempts === 0) return 'PENDING'
      return job.attempts < job.maxAttempts ? 'RETRY' : 'FAILURE'
  }
}

/** How far a session is, 0…1: what its worker recorded (worker/progress.ts). It reaches 1 only when the session is settled well. */
export const progressOf = ({ status, progress }: { status: SessionStatus; progress: number }): number =>
  status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS' ? 1 : Math.min(0.999, progress)
