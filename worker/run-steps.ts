import { Client } from 'pg'
import type { Logger } from 'pino'
import { env } from '@/lib/env'
import { type Claim, ClaimLostError, recordStepStart } from '@/lib/imports/lifecycle'
import type { StepChanges } from '@/lib/imports/session'
import type { StepKind } from '@/prisma/client/enums'
import { checkErrorShare, countOfStep } from './check-export'
import { ImportCancelled } from './claim-watch'
import type { ProblemLog } from './problem-log'
import type { Progress } from './progress'
import type { ReadExport } from './read-export'
import { changesOf, pagesBefore } from './step-changes'
import { STEPS } from './steps/all-steps'
import { applyDeletions } from './steps/deletions'
import { type StepCounts, StepProblems } from './steps/step'

/** One attempt of a session, once its export is read. */
export interface Run {
  db: Client
  claim: Claim
  read: ReadExport
  problems: ProblemLog
  progress: Progress
  log: Logger
  signal: AbortSignal
}

type Report = StepCounts & { processed: number; errors: number; warnings: number; changes: StepChanges | null }

/**
 * Applies the steps in order. Each is one transaction that ends with its report, under the attempt's token: failed,
 * aborted or crashed, the catalogue is as the last completed step left it.
 */
export async function runSteps(run: Run): Promise<void> {
  for (const kind of run.claim.steps) {
    const before = await beginStep(run, kind)
    await inTransaction(run.db, async () => {
      await storeReport(run, kind, await applyStep(run, kind, before))
    })
    run.progress.endStep(kind)
  }
}

/**
 * A dry run: the same in one transaction that is rolled back. Only the reports and problems are kept: each as soon as its
 * step is rehearsed, over a connection of its own, under the attempt's token.
 */
export async function rehearseSteps(run: Run): Promise<void> {
  const reports = new Client({
    connectionString: env().DATABASE_URL,
    application_name: `obmen dry run ${run.claim.sessionId}`,
  })
  reports.on('error', (error) => run.log.warn({ err: error }, 'the connection for reports was lost'))
  await reports.connect()
  await run.db.query('begin')
  try {
    for (const kind of run.claim.steps) {
      const report = await applyStep(run, kind, await beginStep(run, kind))
      await inTransaction(reports, () => storeReport({ ...run, db: reports }, kind, report))
      run.progress.endStep(kind)
    }
  } finally {
    // Also when the connection is gone: then PostgreSQL has rolled back, and what went wrong is thrown.
    await run.db.query('rollback').catch(() => {})
    await reports.end().catch(() => {})
  }
}

async function beginStep({ db, claim, read, problems, progress, log, signal }: Run, kind: StepKind): Promise<number> {
  signal.throwIfAborted()
  const startedAt = performance.now()
  log.info({ step: kind }, `step ${kind} started`)
  await recordStepStart(claim, kind)
  progress.beginStep(kind)
  const found = new StepProblems(db, problems, kind, read.files)
  await STEPS[kind].prepare?.({
    db,
    problems: found,
    source: claim.source,
    read,
    dryRun: claim.dryRun,
    signal,
    onShare: (share) => progress.stepAt(share),
  })
  return startedAt
}

async function applyStep({ db, claim, read, problems, log }: Run, kind: StepKind, startedAt: number): Promise<Report> {
  const processed = countOfStep(kind, read.counts)
  const pages = await pagesBefore(db, kind)
  const counts = await STEPS[kind].apply({ db, problems: new StepProblems(db, problems, kind, read.files) })
  const marked = await applyDeletions(db, kind)
  checkErrorShare(claim, kind, processed, problems)
  const report = {
    ...counts,
    updated: counts.updated + marked.updated,
    unchanged: counts.unchanged + marked.unchanged,
    deactivated: counts.deactivated + marked.updated,
    processed,
    skipped: counts.skipped + problems.skippedOf(kind),
    errors: problems.countOf(kind, 'error'),
    warnings: problems.countOf(kind, 'warning'),
  }
  const changes = await changesOf(db, kind, pages, report)
  log.info({ step: kind, ...report, ms: Math.round(performance.now() - startedAt) }, `step ${kind} done`)
  return { ...report, changes }
}

/** The last statements of a step's transaction: they hold only under a valid token, and so does the whole step. */
async function storeReport({ db, claim, problems }: Run, kind: StepKind, report: Report): Promise<void> {
  await problems.write(db, claim.sessionId, (step) => step === kind)
  await holdClaim(db, claim)
  const columns = Object.keys(report) as (keyof Report)[]
  await db.query(
    `update import_steps set status = 'COMPLETED', finished_at = clock_timestamp(), ${columns.map((column, i) => `${column} = $${i + 3}`).join(', ')}
     where session_id = $1 and kind = $2`,
    [claim.sessionId, kind, ...columns.map((column) => report[column])],
  )
}

/** Writes the problems that belong to no completed step; for the end of an attempt, good or bad. */
export const storeOtherProblems = ({ db, claim, problems }: Pick<Run, 'db' | 'claim' | 'problems'>): Promise<void> =>
  inTransaction(db, async () => {
    await holdClaim(db, claim)
    await problems.write(db, claim.sessionId, () => true)
  })

/** Locks the session against a new claim and a cancel until the transaction ends; throws when either came before. */
async function holdClaim(db: Client, { sessionId, token }: Claim): Promise<void> {
  const { rows } = await db.query<{ cancelled: boolean }>(
    `select cancel_requested_at is not null as cancelled
     from import_sessions where id = $1 and attempt_token = $2 for share`,
    [sessionId, token],
  )
  if (!rows[0]) throw new ClaimLostError()
  if (rows[0].cancelled) throw new ImportCancelled()
}

async function inTransaction<T>(db: Client, work: () => Promise<T>): Promise<T> {
  await db.query('begin')
  try {
    const result = await work()
    await db.query('commit')
    return result
  } catch (error) {
    await db.query('rollback').catch(() => {})
    throw error
  }
}
