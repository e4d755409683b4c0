import { Client } from 'pg'
import type { Logger } from 'pino'
import { env } from '@/lib/env'
import { type Claim, ClaimLostError, recordStepStart } from '@/lib/imports/lifecycle'
import type { StepKind } from '@/prisma/client/enums'
import { ProblemLog } from './problem-log'
import { checkErrorShare, checkExport, countOfStep, type ReadExport, readExport } from './read-export'
import { Staging } from './staging'
import { STEPS } from './steps/all-steps'
import { type StepCounts, StepProblems } from './steps/step'

/**
 * Runs the steps that a session still has to do: read, check, apply (COMMERCEML.md §4). Returns how many records
 * failed. Each step is one transaction that ends with its report, under the attempt's token: failed, aborted or
 * crashed, the catalogue is as the last completed step left it.
 */
export async function runSession(claim: Claim, log: Logger, abort: AbortController): Promise<{ errors: number }> {
  const db = new Client({ connectionString: env().DATABASE_URL, application_name: `obmen import ${claim.sessionId}` })
  await db.connect()
  // Without a listener the loss of the connection would stop the process; the running query rejects anyway.
  db.on('error', (error) => log.warn({ err: error }, 'the import connection was lost'))
  const stopWatching = cancelOnAbort(db, abort.signal, log)
  const problems = new ProblemLog()
  try {
    await configure(db)
    const staging = new Staging(db)
    await staging.create(Object.values(STEPS).flatMap(({ tables }) => tables))
    const onClaimLost = (error: ClaimLostError) => abort.abort(error)
    const context = { staging, problems, log, signal: abort.signal, onClaimLost }
    const startedAt = Date.now()
    const read = await readExport(claim, claim.steps, context)
    log.info(
      { files: read.files.length, records: Object.fromEntries(read.counts), ms: Date.now() - startedAt },
      'export read',
    )
    checkExport(claim, claim.steps, read, problems)
    let errors = 0
    for (const kind of claim.steps) {
      abort.signal.throwIfAborted()
      errors += await runStep(db, claim, kind, read, problems, log)
    }
    await inTransaction(db, async () => {
      await holdClaim(db, claim)
      await problems.write(db, claim.sessionId, () => true)
    })
    return { errors }
  } catch (error) {
    if (!abort.signal.aborted) await keepProblems(db, claim, problems, log)
    throw abort.signal.aborted ? abort.signal.reason : error
  } finally {
    stopWatching()
    await db.end().catch(() => {})
  }
}

/** An import owns its connection: give it room to sort and join in memory. */
async function configure(db: Client): Promise<void> {
  await db.query(`set temp_buffers = '64MB'`)
  await db.query(`set work_mem = '64MB'`)
  await db.query(`set jit = off`)
}

async function runStep(
  db: Client,
  claim: Claim,
  kind: StepKind,
  read: ReadExport,
  problems: ProblemLog,
  log: Logger,
): Promise<number> {
  const startedAt = Date.now()
  log.info({ step: kind }, `step ${kind} started`)
  await recordStepStart(claim, kind)
  const processed = countOfStep(kind, read.counts)
  return inTransaction(db, async () => {
    const counts = await STEPS[kind].apply({ db, problems: new StepProblems(db, problems, kind, read.files) })
    checkErrorShare(kind, processed, problems)
    const report = {
      ...counts,
      processed,
      errors: problems.countOf(kind, 'error'),
      warnings: problems.countOf(kind, 'warning'),
    }
    await problems.write(db, claim.sessionId, (step) => step === kind)
    await storeReport(db, claim, kind, report)
    log.info({ step: kind, ...report, ms: Date.now() - startedAt }, `step ${kind} done`)
    return report.errors
  })
}

type Report = StepCounts & { processed: number; errors: number; warnings: number }

/** The last statement of a step's transaction: it holds only under a valid token, and so does the whole step. */
async function storeReport(db: Client, claim: Claim, kind: StepKind, report: Report): Promise<void> {
  await holdClaim(db, claim)
  const columns = Object.keys(report) as (keyof Report)[]
  await db.query(
    `update import_steps set status = 'COMPLETED', finished_at = clock_timestamp(), ${columns.map((column, i) => `${column} = $${i + 3}`).join(', ')}
     where session_id = $1 and kind = $2`,
    [claim.sessionId, kind, ...columns.map((column) => report[column])],
  )
}

/** Locks the session against a new claim until the transaction ends; throws when the claim is lost already. */
async function holdClaim(db: Client, { sessionId, token }: Claim): Promise<void> {
  const { rowCount } = await db.query(`select from import_sessions where id = $1 and attempt_token = $2 for share`, [
    sessionId,
    token,
  ])
  if (rowCount === 0) throw new ClaimLostError()
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

/** A failed attempt applies nothing, but what it found wrong is worth reading. */
async function keepProblems(db: Client, claim: Claim, problems: ProblemLog, log: Logger): Promise<void> {
  try {
    await inTransaction(db, async () => {
      await holdClaim(db, claim)
      await problems.write(db, claim.sessionId, () => true)
    })
  } catch (error) {
    log.warn({ err: error }, 'the problems of a failed attempt were not kept')
  }
}

/** An abort does not wait for the statement that is running: it is cancelled, from a connection of its own. */
function cancelOnAbort(db: Client, signal: AbortSignal, log: Logger): () => void {
  const cancel = async () => {
    const pid = (db as unknown as { processID: number | null }).processID
    const canceller = new Client({ connectionString: env().DATABASE_URL })
    try {
      await canceller.connect()
      await canceller.query('select pg_cancel_backend($1)', [pid])
    } catch (error) {
      log.warn({ err: error }, 'the running statement could not be cancelled')
    } finally {
      await canceller.end().catch(() => {})
    }
  }
  const onAbort = () => void cancel()
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}
