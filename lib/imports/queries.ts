import { database } from '@/lib/db'
import type { ProgressNews } from '@/lib/events/import-event'
import { DEFAULT_TIME_ZONE } from '@/lib/i18n/locales'
import { logOf } from '@/lib/imports/log-queries'
import type { Sentence } from '@/lib/imports/sentence'
import type {
  Attempt,
  Problem,
  SessionDetails,
  SessionList,
  SessionListFilter,
  SessionSummary,
  StepChanges,
  Waiting,
} from '@/lib/imports/session'
import { placeOf } from '@/lib/imports/session-order'
import { COUNTED_AT_MOST, countSessions, findSessionIds, pageStartOf } from '@/lib/imports/session-page'
import { ACTIVE_STATUSES, isActive, jobStateOf, progressOf, WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { queuedSessions } from '@/lib/imports/waiting'
import { nameOf } from '@/lib/users/name'
import type { Prisma } from '@/prisma/client/client'
import type { SessionStatus, Severity, StepKind } from '@/prisma/client/enums'

/** Sessions on one page of the list. */
export const PAGE_SIZE = 20

const summarySelect = {
  id: true,
  types: true,
  status: true,
  dryRun: true,
  jobId: true,
  errorMessage: true,
  errorSentence: true,
  bytesTotal: true,
  bytesRead: true,
  currentFile: true,
  fileNumber: true,
  filesTotal: true,
  progress: true,
  rowsDone: true,
  recordsPerSecond: true,
  secondsLeft: true,
  progressAt: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  createdBy: { select: { name: true, email: true } },
  schedule: { select: { id: true, name: true, deletedAt: true } },
  cancelRequestedAt: true,
  steps: { select: { kind: true, status: true, rowsTotal: true }, orderBy: { position: 'asc' } },
  // Not _count: Prisma would count the attempts of all sessions ever, and join these to it.
  attempts: { select: { number: true } },
} as const satisfies Prisma.ImportSessionSelect

type SummaryRow = Prisma.ImportSessionGetPayload<{ select: typeof summarySelect }>

/** One page of sessions in the filter's order; a place that is past the end, or past the beginning, shows the first. */
export async function listSessions(
  filter: SessionListFilter,
  timeZone: string = DEFAULT_TIME_ZONE,
): Promise<SessionList> {
  const start = pageStartOf(filter)
  const [found, counted, newest] = await Promise.all([
    findSessionIds(filter, timeZone, start, PAGE_SIZE + 1),
    countSessions(filter, timeZone),
    // By the index: after a clean-up the table begins with emptied pages.
    database().importSession.findFirst({ select: { id: true }, orderBy: { id: 'desc' } }),
  ])
  const backwards = start !== null && 'before' in start
  const more = found.ids.length > PAGE_SIZE
  if (start && (backwards ? !more : found.ids.length === 0)) {
    return listSessions({ ...filter, after: undefined, before: undefined }, timeZone)
  }
  const ids = backwards ? found.ids.slice(-PAGE_SIZE) : found.ids.slice(0, PAGE_SIZE)
  const sessions = await summariesOf(ids)
  const [first, last] = [sessions[0], sessions.at(-1)]
  const { order = 'newest' } = filter
  const whole = !start && !more
  return {
    sessions,
    found: whole && found.complete ? ids.length : counted === null ? null : Math.min(counted, COUNTED_AT_MOST),
    foundMore: !whole && counted !== null && counted > COUNTED_AT_MOST,
    previous: start && first ? placeOf(first, order) : null,
    next: (backwards || more) && last ? placeOf(last, order) : null,
    complete: found.complete,
    anyActive: sessions.some(({ status }) => isActive(status)),
    anyEver: newest !== null,
  }
}

/** These sessions, in this order; one that was deleted meanwhile is left out. */
export async function summariesOf(ids: readonly number[]): Promise<SessionSummary[]> {
  if (ids.length === 0) return []
  const rows = await database().importSession.findMany({ where: { id: { in: [...ids] } }, select: summarySelect })
  const queue = await queueOf(rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? []).map((row) => toSummary(row, queue))
}

/** Who may have started a session. */
export const listStarters = (): Promise<{ id: number; name: string | null; email: string }[]> =>
  database().user.findMany({
    select: { id: true, name: true, email: true },
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
  })

interface JobDetails {
  id: string
  locked: boolean
  workerAlive: boolean
  attempts: number
  maxAttempts: number
  runAt: Date
}

/** The queue's rows of the active sessions among these; settled ones need no look (DESIGN.md §2). */
async function activeJobs(rows: readonly Pick<SummaryRow, 'status' | 'jobId'>[]): Promise<Map<string, JobDetails>> {
  const ids = rows.filter((row) => isActive(row.status)).flatMap((row) => (row.jobId === null ? [] : [row.jobId]))
  if (ids.length === 0) return new Map()
  const jobs = await database().$queryRaw<JobDetails[]>`
    select
      jobs.id::text as "id",
      jobs.locked_at is not null as "locked",
      coalesce(workers.seen_at > now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond' and workers.stopped_at is null, false) as "workerAlive",
      jobs.attempts::int as "attempts",
      jobs.max_attempts::int as "maxAttempts",
      jobs.run_at as "runAt"
    from graphile_worker.jobs as jobs
    left join workers on workers.id = jobs.locked_by
    where jobs.id = any(${ids})`
  return new Map(jobs.map((job) => [job.id, job]))
}

/** What the queue knows of the active sessions among these. */
async function queueOf(rows: readonly Pick<SummaryRow, 'status' | 'jobId'>[]): Promise<Queue> {
  const jobs = await activeJobs(rows)
  const anyQueued = [...jobs.values()].some(({ locked, attempts }) => !locked && attempts === 0)
  return { jobs, waiting: anyQueued ? await queuedSessions() : new Map() }
}

interface Queue {
  jobs: Map<string, JobDetails>
  waiting: Map<number, Waiting>
}

function toSummary(row: SummaryRow, { jobs, waiting }: Queue): SessionSummary {
  const jobId = row.jobId === null ? null : row.jobId.toString()
  const job = (jobId && jobs.get(jobId)) || null
  const jobState = jobStateOf(row.status, job)
  const { steps } = row
  const currentStep = steps.find((step) => step.status === 'RUNNING')
  // The queue does not count an attempt that was interrupted; who reads of it does, and there may be one more then.
  const attempt = Math.max(job?.attempts ?? 0, row.attempts.length)
  return {
    id: row.id,
    types: row.types,
    status: row.status,
    dryRun: row.dryRun,
    startedBy: nameOf(row.createdBy),
    schedule: row.schedule && {
      id: row.schedule.id,
      name: row.schedule.name,
      isDeleted: row.schedule.deletedAt !== null,
    },
    jobId,
    jobState,
    attempt,
    maxAttempts: job ? job.maxAttempts - job.attempts + attempt : null,
    retryAt: jobState === 'RETRY' && job ? job.runAt : null,
    waiting: (jobState === 'PENDING' && waiting.get(row.id)) || null,
    cancelRequestedAt: row.cancelRequestedAt,
    errorMessage: row.errorMessage,
    errorSentence: row.errorSentence as Sentence | null,
    progress: progressOf(row),
    reported: reportedOf(row),
    currentFile: row.currentFile,
    currentStep: currentStep?.kind ?? null,
    rowsTotal: currentStep?.rowsTotal ?? null,
    stepsDone: steps.filter((step) => step.status === 'COMPLETED').length,
    stepsTotal: steps.length,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  }
}

const reportedOf = (row: SummaryRow): ProgressNews => ({
  share: progressOf(row),
  bytesTotal: row.bytesTotal === null ? null : Number(row.bytesTotal),
  bytesRead: Number(row.bytesRead),
  currentFile: row.currentFile,
  fileNumber: row.fileNumber,
  filesTotal: row.filesTotal,
  rowsDone: row.rowsDone,
  recordsPerSecond: row.recordsPerSecond,
  secondsLeft: row.secondsLeft,
  at: row.progressAt?.toISOString() ?? null,
})

/** Problems shown of each group on the detail page. */
const EXAMPLES_PER_GROUP = 5

/** All that the page of one session shows; null when there is no such session. */
export async function getSession(id: number): Promise<SessionDetails | null> {
  const db = database()
  const row = await db.importSession.findUnique({
    where: { id },
    select: {
      ...summarySelect,
      source: true,
      allowMassDeactivation: true,
      cancelledBy: { select: { name: true, email: true } },
      originId: true,
      repeats: { select: { id: true }, orderBy: { id: 'asc' } },
      steps: { omit: { sessionId: true, position: true }, orderBy: { position: 'asc' } },
      attempts: { omit: { token: true, sessionId: true }, orderBy: [{ startedAt: 'asc' }, { number: 'asc' }] },
      files: { omit: { sessionId: true, position: true }, orderBy: { position: 'asc' } },
      problemTotals: { orderBy: [{ severity: 'asc' }, { count: 'desc' }] },
    },
  })
  if (!row) return null
  const [queue, examples, log] = await Promise.all([queueOf([row]), problemExamples(id), logOf(id)])
  return {
    ...toSummary(row, queue),
    source: row.source,
    allowMassDeactivation: row.allowMassDeactivation,
    cancelledBy: nameOf(row.cancelledBy),
    origin: row.originId,
    repeats: row.repeats.map((repeat) => repeat.id),
    steps: row.steps.map((step) => ({ ...step, changes: step.changes as StepChanges | null })),
    attempts: row.attempts.map((attempt) => ({
      ...attempt,
      errorSentence: attempt.errorSentence as Sentence | null,
      samples: (attempt.samples ?? []) as Attempt['samples'],
    })),
    files: row.files.map((file) => ({ ...file, size: Number(file.size) })),
    ...log,
    problems: row.problemTotals.map(({ stepName, severity, code, count }) => {
      const step = stepName === '' ? null : (stepName as StepKind)
      return {
        step,
        severity,
        code,
        count,
        examples: examples
          .filter((problem) => problem.step === step && problem.severity === severity && problem.code === code)
          .map(({ file, line, externalId, field, message, sentence }) => ({
            file,
            line,
            externalId,
            field,
            message,
            sentence,
          })),
      }
    }),
  }
}

const problemExamples = (sessionId: number) => database().$queryRaw<
  (Problem & { step: StepKind | null; severity: Severity; code: string })[]
>`
  select step::text, severity::text, code, file, line, external_id as "externalId", field, message, sentence
  from (
    select *, row_number() over (partition by step, severity, code order by id) as place
    from import_problems
    where session_id = ${sessionId}
  ) as numbered
  where place <= ${EXAMPLES_PER_GROUP}
  order by id`

/** How a session stands, and whether it is for real; null when there is no such session. */
export const sessionHead = (id: number): Promise<{ status: SessionStatus; dryRun: boolean } | null> =>
  database().importSession.findUnique({ where: { id }, select: { status: true, dryRun: true } })

/** Whether some worker has been heard of lately: without one, a started session waits. */
export async function isAnyWorkerAlive(): Promise<boolean> {
  const alive = await database().$queryRaw<unknown[]>`
    select id from workers
    where stopped_at is null and seen_at > now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond'
    limit 1`
  return alive.length > 0
}

/** Whether a catalogue was imported before, so that stock and prices have something to belong to. */
export async function hasProducts(): Promise<boolean> {
  return (await database().product.findFirst({ select: { id: true } })) !== null
}

/** The active session that a request of the same key runs into. */
export async function findActiveSession(requestKey: string): Promise<number | null> {
  const session = await database().importSession.findFirst({
    where: { requestKey, status: { in: [...ACTIVE_STATUSES] } },
    select: { id: true },
  })
  return session?.id ?? null
}
