/** How far a session is, as its row has it; what the browsers' bars are fed with between two refreshes. */
export interface ProgressNews {
  /** 0…1, of the whole session. */
  share: number
  bytesTotal: number | null
  bytesRead: number
  currentFile: string | null
  fileNumber: number | null
  filesTotal: number | null
  /** Of the step that runs. */
  rowsDone: number
  recordsPerSecond: number | null
  /** As of `at`. */
  secondsLeft: number | null
  at: string | null
}

/**
 * What the database tells on the channel `imports` (triggers of the migration «live»), and web processes tell browsers.
 * `job`: what the queue does with a session's job has changed. `deleted` and `workers` are about no session in particular,
 * `schedules` and `deliveries` about what few pages show (OtherNews).
 */
export type ImportEvent =
  | { kind: 'session' | 'step' | 'attempt' | 'problems' | 'log' | 'job'; session: number }
  | { kind: 'progress'; session: number; progress: ProgressNews }
  | { kind: 'deleted' | 'workers' }
  | { kind: OtherNews }

/** Schedules and their runs; what was sent to users. */
export type OtherNews = 'schedules' | 'deliveries'

/** The names of the server-sent events of /api/imports/events. */
export const STREAM_EVENTS = {
  /** An ImportEvent as JSON. */
  change: 'change',
  /** Events may have been missed: ask for what is shown. */
  resync: 'resync',
  /** The server does not hear the database: nothing will be told until the next `resync`. */
  deaf: 'deaf',
  /** The stream is alive. */
  beat: 'beat',
} as const

/** A stream says so much more often than this that it is alive; one silent for so long, in milliseconds, is dead. */
export const STREAM_DEAD_AFTER_MS = 40_000
