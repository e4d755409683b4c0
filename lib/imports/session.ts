import type { ProgressNews } from '@/lib/events/import-event'
import type { Sentence } from '@/lib/imports/sentence'
import type { SessionOrder } from '@/lib/imports/session-order'
import type { JobState } from '@/lib/imports/status'
import type { ImportType, SessionStatus, Severity, StepKind, StepStatus } from '@/prisma/client/enums'

// What the pages show of a session; lib/imports/queries.ts fills it.

export interface SessionListFilter {
  status?: SessionStatus | undefined
  type?: ImportType | undefined
  /** Who started it: a user's id, or nobody, that is the command line or the schedule. */
  who?: number | 'system' | undefined
  /** The first and the last day it may have been created on, as `2026-11-22` where the reader is. */
  from?: string | undefined
  to?: string | undefined
  /** A session id, a job id, or a part of the error text. */
  search?: string | undefined
  /** `newest` when there is none. */
  order?: SessionOrder | undefined
  /** The page begins behind this place (session-order.ts), or ends before that one. */
  after?: string | undefined
  before?: string | undefined
}

/** What a queued session waits for. */
export interface Waiting {
  /** Among those that wait, from 1. */
  place: number
  /** The session that runs or waits right before it. */
  before: number | null
  /** Without a worker nothing will begin. */
  workerAlive: boolean
}

export interface SessionSummary {
  id: number
  types: ImportType[]
  status: SessionStatus
  /** Everything is done and rolled back. */
  dryRun: boolean
  /** Name, or else e-mail, of who started it; null when nobody did or the user is gone. */
  startedBy: string | null
  /** The schedule that started it. */
  schedule: { id: number; name: string; isDeleted: boolean } | null
  jobId: string | null
  jobState: JobState
  /** The attempt that runs or ran last, from 1; 0 before the first. */
  attempt: number
  maxAttempts: number | null
  /** When the next attempt is due; only while the job state is RETRY. */
  retryAt: Date | null
  /** Only while the job state is PENDING. */
  waiting: Waiting | null
  /** Somebody has cancelled it; while it is active, its worker is still undoing the current step. */
  cancelRequestedAt: Date | null
  /** Why it failed, or why its last attempt did: in Russian, and as a sentence (null where it is older than those). */
  errorMessage: string | null
  errorSentence: Sentence | null
  /** 0…1 */
  progress: number
  /** What its worker reported last; live events tell newer ones. */
  reported: ProgressNews
  currentStep: StepKind | null
  currentFile: string | null
  /** Records that the current step has to do. */
  rowsTotal: number | null
  stepsDone: number
  stepsTotal: number
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export interface SessionList {
  sessions: SessionSummary[]
  /** How many fit the filter, where that is cheap to know. */
  found: number | null
  /** There are more than `found`. */
  foundMore: boolean
  /** The places before which and behind which the neighbouring pages are; null where there is none. */
  previous: string | null
  next: string | null
  /** False where a search of one or two letters looked through the newest errors only. */
  complete: boolean
  /** Whether any of the listed sessions is active, so that the page is worth refreshing. */
  anyActive: boolean
  /** Whether the database holds any session at all, whatever the filter. */
  anyEver: boolean
}

/** A few of 1C's ids that a step changed; `changed`: created or updated, which the rows do not tell apart. */
export interface StepChanges {
  created?: string[]
  updated?: string[]
  changed?: string[]
  deactivated?: string[]
}

export interface StepReport {
  kind: StepKind
  status: StepStatus
  processed: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  deactivated: number
  errors: number
  warnings: number
  linked: number
  /** Records it has to do; null: not known yet. */
  rowsTotal: number | null
  /** Null while nothing is changed. */
  changes: StepChanges | null
  startedAt: Date | null
  finishedAt: Date | null
}

export interface Attempt {
  number: number
  workerId: string
  startedAt: Date
  finishedAt: Date | null
  error: string | null
  errorSentence: Sentence | null
  /** How reading went: milliseconds since the attempt began, and records so far; the first is where reading begins. */
  samples: [milliseconds: number, records: number][]
}

/** A file of the export as it was read. */
export interface ImportedFile {
  name: string
  size: number
  modifiedAt: Date
  sha256: string | null
}

export interface LogLine {
  id: string
  at: Date
  level: string
  message: string
  /** JSON; empty when there are none. */
  fields: string
}

export interface ProblemGroup {
  step: StepKind | null
  severity: Severity
  code: string
  /** Exact, also beyond what is kept in full. */
  count: number
  /** The first few. */
  examples: Problem[]
}

export interface Problem {
  file: string | null
  line: number | null
  externalId: string | null
  field: string | null
  message: string
  sentence: Sentence | null
}

/** A problem that is kept in full, with what it is counted under. */
export interface KeptProblem extends Problem {
  id: bigint
  step: StepKind | null
  severity: Severity
  code: string
}

export interface ProblemFilter {
  severity?: Severity | undefined
  /** `session`: what belongs to no step. */
  step?: StepKind | 'session' | undefined
  code?: string | undefined
  /** A part of the message, the external id or the file. */
  search?: string | undefined
  /** From 1. */
  page: number
}

export interface ProblemList {
  problems: KeptProblem[]
  /** Kept problems that fit the filter. */
  found: number
  page: number
  pages: number
  /** Of the whole session: exactly how many there are, and how many are kept in full. */
  total: number
  kept: number
  /** Of those that fit the filter without the search: exactly how many there are. */
  counted: number
  /** What the session's problems can be filtered by. */
  steps: (StepKind | 'session')[]
  codes: string[]
}

export interface SessionDetails extends SessionSummary {
  source: string
  /** The operator's consent to switch off 30 % and more for this run. */
  allowMassDeactivation: boolean
  /** Name, or else e-mail, of who cancelled it; null when nobody did or the user is gone. */
  cancelledBy: string | null
  /** The session that this one repeats, and those that repeat this one. */
  origin: number | null
  repeats: number[]
  steps: StepReport[]
  attempts: Attempt[]
  problems: ProblemGroup[]
  files: ImportedFile[]
  /** The last lines, in order. */
  log: LogLine[]
  /** How many there are in all. */
  logTotal: number
}
