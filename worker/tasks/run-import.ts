import type { JobHelpers, Task } from 'graphile-worker'
import type { Logger } from 'pino'
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
import { maskedMessage } from '@/lib/log-mask'
import { ImportCancelled } from '../claim-watch'
import { ExportError } from '../commerceml/export-error'
import { ImportFailure } from '../import-failure'
import { runSession } from '../run-session'
import { SessionLog } from '../session-log'

/** The reason an import is aborted with when its worker is stopping: the job goes back to the queue. */
export class WorkerStopping extends Error {
  override name = 'WorkerStopping'
}

const CANCELLED = 'import ended: CANCELLED by an operator'

/**
 * The job of a session: claims it, runs its steps, settles it. What another attempt may mend (a broken file, an
 * unexpected error) is thrown, so that graphile-worker tries again; everything else ends the session here.
 */
export const runImport: Task = async (payload, helpers) => {
  const { sessionId } = runImportPayload.parse(payload)
  // Every line of a job says which (DESIGN.md §5): `grep '\[Task 57\]'`.
  const sessionLog = new SessionLog(sessionId, `[Task ${helpers.job.id}] `)
  try {
    await attemptImport(sessionId, helpers, sessionLog.logger)
  } finally {
    await sessionLog.close()
  }
}

async function attemptImport(sessionId: number, { job, abortSignal }: JobHelpers, log: Logger): Promise<void> {
  const claim = await claimSession(sessionId, { id: job.id, attempt: job.attempts, workerId: job.locked_by ?? '' })
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
  const startedAt = Date.now()
  try {
    await runSession(claim, log, abort)
    const errors = await completeSession(claim)
    log.info(
      { errors, ms: Date.now() - startedAt },
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
      if (!(await failSession(claim as Claim, error.message))) return log.info(CANCELLED)
      log.error({ err: error }, `import failed: ${error.message}`)
    } else {
      const message = messageFor(error)
      const last = job.attempts >= job.max_attempts
      const end = last ? failSession : recordFailedAttempt
      if (!(await end(claim as Claim, message))) return log.info(CANCELLED)
      log.error(
        { err: error, attempt: job.attempts, of: job.max_attempts },
        `attempt failed${last ? ', it was the last' : ''}: ${message}`,
      )
      throw error
    }
  }

  function messageFor(error: unknown): string {
    if (error instanceof ExportError) return error.message
    // It is shown on the page and logged: without the values that PostgreSQL quotes.
    const why = error instanceof Error ? maskedMessage(error) : String(error)
    return `Внутренняя ошибка: ${why}. Этап не применён. Подробности в журнале: найдите в нём [Task ${job.id}].`
  }
}
