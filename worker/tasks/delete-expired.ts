import type { JobHelpers } from 'graphile-worker'
import { env } from '@/lib/env'
import { deleteExpiredScheduleRuns, deleteExpiredSessions, deleteExpiredWorkers } from '@/lib/imports/retention'
import { log } from '@/lib/log'

/** Deletes what is older than the settings keep, batch by batch; a worker that stops leaves the rest for the next hour. */
export async function deleteExpired(
  _payload: unknown,
  { abortSignal }: Pick<JobHelpers, 'abortSignal'>,
): Promise<void> {
  const days = env().RETENTION_DAYS
  let sessions = 0
  for (let deleted = -1; deleted !== 0 && !abortSignal?.aborted; sessions += deleted) {
    deleted = await deleteExpiredSessions(days)
  }
  const runs = await deleteExpiredScheduleRuns(days)
  const workers = await deleteExpiredWorkers(days)
  if (sessions + runs + workers > 0)
    log.info({ sessions, runs, workers, days }, `deleted what is older than ${days} days`)
}
