import type { JobHelpers, Task } from 'graphile-worker'
import type { Logger } from 'pino'
import { inRussian } from '@/lib/imports/in-russian'
import { runImportPayload } from '@/lib/imports/job'
import {
  type Claim,
  ClaimLostError,
  claimSession,
  completeSession,
  endCancelled,
  failSession,
  handBackSession,
  recordFailedAttempt,
} from '@/lib/imports/lifecycle'
import type { Sentence } from '@/lib/imports/sentence'
import { maskedMessage } from '@/lib/log-mask'
import { ImportCancelled } from '../claim-watch'
import { ExportError } from '../commerceml/export-error'
import { isDatabaseLoss, wantOf, writeWhenBack } from '../database-loss'
import { ImportFailure } from '../import-failure'
import { runSession } from '../run-session'
import { SessionLog } from '../session-log'

/** The reason an import is aborted with when its worker is stopping: the job goes back to the queue. */
export class WorkerStopping extends Error {
  override name = 'WorkerStopping'
}

const CANCELLED = 'import ended: CANCELLED by an operator'

/** The database went away under an attempt that is not to blame for it. */
class DatabaseLostError extends Error {
  override name = 'DatabaseLostError'
}

/** An import that loses the database so often in one run of its job waits for its next turn, like one that failed. */
const LOSSES = 3

/** The job of a session. It goes on from where it was when the database was away, and keeps its place in the queue. */
export const runImport: Task = async (payload, helpers) => {
  const { sessionId } = runImportPayload.parse(payload)
  // Every line of a job says which (DESIGN.md §5): `grep '\[Task 57\]'`.
  const sessionLog = new SessionLog(sessionId, `[Task ${helpers.job.id}] `)
  try {
    for (let losses = 1; ; losses++) {
      try {
        await attemptImport(sessionId, helpers, sessionLog.logger, losses < LOSSES)
        return
      } catch (error) {
        if (!(error instanceof DatabaseLostError)) throw error
      }
    }
  } finally {
    await sessionLog.close()
  }
}

/**
 * One attempt of a session: claims it, runs its steps, settles it. What another attempt may mend (a broken file, an
 * unexpected error) is thrown, so that graphile-worker tries again; everything else ends the session here.
 */
async function attemptImport(
  sessionId: number,
  { job, abortSignal }: JobHelpers,
  log: Logger,
  mayLoseDatabase: boolean,
): Promise<void> {
  const holder = { id: job.id, attempt: job.attempts, workerId: job.locked_by ?? '' }
  const claim = await writeWhenBack(() => claimSession(sessionId, holder), abortSignal)
  if (!claim) {
    log.info('nothing to do: the session is settled or gone')
    return
  }
  log.info(
    { types: claim.types, source: claim.source, attempt: job.attempts, of: job.max_attempts },
    `import started: ${claim.types.join(', ')}`,
  )
  const abort = new AbortController()
  const onStop = () => abort.abort(new WorkerStopping())
  abortSignal?.addEventListener('abort', onStop, { once: true })
  const startedAt = performance.now()
  try {
    await runSession(claim, log, abort)
    const errors = await writeWhenBack(() => completeSession(claim), abortSignal)
    log.info(
      { errors, ms: Math.round(performance.now() - startedAt) },
      `import ended: ${errors > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED'}`,
    )
  } catch (error) {
    await afterFailure(error)
  } finally {
    abortSignal?.removeEventListener('abort', onStop)
  }

  async function afterFailure(error: unknown): Promise<void> {
    if (error instanceof ClaimLostError) {
      log.warn('the claim is lost: another attempt, or a cancel, has taken over')
      // Returning would «complete» the job by its id, also when another worker runs it now; failing it is guarded.
      throw error
    } else if (error instanceof ImportCancelled) {
      await endCancelled(claim as Claim)
      // Not thrown: graphile-worker would try again.
      log.info(CANCELLED)
    } else if (error instanceof WorkerStopping) {
      if (!(await handBackSession(claim as Claim))) return log.info(CANCELLED)
      log.info('handed back: the worker is stopping')
      throw error
    } else if (error instanceof ImportFailure) {
      const isFailed = await writeWhenBack(() => failSession(claim as Claim, error.sentence), abortSignal)
      if (!isFailed) return log.info(CANCELLED)
      log.error({ err: error }, `import failed: ${inRussian(error.sentence)}`)
    } else if (mayLoseDatabase && isDatabaseLoss(error) && !abortSignal?.aborted) {
      log.warn({ err: error }, 'the database went away; the import goes on when it is back')
      const isRecorded = await writeWhenBack(() => recordFailedAttempt(claim as Claim, whyFailed(error)), abortSignal)
      if (!isRecorded) return log.info(CANCELLED)
      throw new DatabaseLostError()
    } else {
      const why = whyFailed(error)
      const last = job.attempts >= job.max_attempts
      const end = last ? failSession : recordFailedAttempt
      const isEnded = await writeWhenBack(() => end(claim as Claim, why), abortSignal)
      if (!isEnded) return log.info(CANCELLED)
      log.error(
        { err: error, attempt: job.attempts, of: job.max_attempts },
        `attempt failed${last ? ', it was the last' : ''}: ${inRussian(why)}`,
      )
      // Its message is what the queue keeps and logs: words for people, and nothing that PostgreSQL quotes.
      throw new Error(inRussian(why), { cause: error })
    }
  }

  function whyFailed(error: unknown): Sentence {
    if (error instanceof ExportError) return error.sentence
    if (isDatabaseLoss(error)) return { key: 'database.lost' }
    const want = wantOf(error)
    if (want) return want
    // It is shown on the page and logged: without the values that PostgreSQL quotes.
    const why = error instanceof Error ? maskedMessage(error) : String(error)
    return { key: 'internal', values: { error: why, job: job.id } }
  }
}
