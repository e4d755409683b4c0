import { EventEmitter, once } from 'node:events'
import { Logger, run, type WorkerEvents, type WorkerPool } from 'graphile-worker'
import { database } from '@/lib/db'
import { envOrExit } from '@/lib/env'
import { RUN_IMPORT } from '@/lib/imports/job'
import { DELETE_EXPIRED } from '@/lib/imports/retention'
import { log } from '@/lib/log'
import { maskQuoted } from '@/lib/log-mask'
import { SEND_NOTIFICATION } from '@/lib/notifications/job'
import { serveHealth } from './health'
import { Heartbeat } from './heartbeat'
import { startListing } from './listing'
import { startRecovery } from './recovery'
import { startScheduler } from './scheduler'
import { deleteExpired } from './tasks/delete-expired'
import { runImport, WorkerStopping } from './tasks/run-import'
import { sendNotification } from './tasks/send-notification'

// The worker process: runs the jobs of the queue until SIGTERM or SIGINT, then finishes or hands back within 10 s.

/** What is running gets this long to finish when the worker is stopped, in milliseconds; then it is handed back. */
const GRACE_MS = 4000

const { DATABASE_URL: connectionString } = envOrExit()

const events: WorkerEvents = new EventEmitter()

// The first heartbeat comes before the first job: nobody shall see a job held by a worker that is not known.
const ready = once(events, 'pool:create').then(async ([event]) => {
  const { workerPool } = event as { workerPool: WorkerPool }
  const heartbeat = new Heartbeat(workerPool.id)
  await heartbeat.start()
  const recovery = startRecovery()
  serveHealth(heartbeat)
  startListing()
  const scheduler = startScheduler()
  log.info({ worker: workerPool.id }, 'worker ready')
  return { heartbeat, recovery, scheduler }
})

/** Jobs that were running when the worker had to stop: the attempts they get back, and their place in the queue. */
const handedBack = new Map<string, { attempts: number; runAt: Date }>()
events.on('job:error', ({ job, error }) => {
  if (error instanceof WorkerStopping) {
    handedBack.set(job.id, { attempts: job.attempts - 1, runAt: job.run_at })
  }
})

const runner = await run({
  connectionString,
  events,
  taskList: {
    [RUN_IMPORT]: async (payload, helpers) => {
      await ready
      await runImport(payload, helpers)
    },
    [DELETE_EXPIRED]: deleteExpired,
    [SEND_NOTIFICATION]: async (payload, helpers) => {
      await ready
      await sendNotification(payload, helpers)
    },
  },
  // One import at a time, and one notification of each of the three channels that are sent, at the most: each has its
  // queue, so that no number of slow receivers stands before an import.
  concurrency: 5,
  // Jobs arrive by NOTIFY; polling finds those that are due for another try.
  pollInterval: 1000,
  // Every hour, so that a machine that is off at night does it too; what fails waits for the next hour.
  crontab: `23 * * * * ${DELETE_EXPIRED} ?max=1&jobKey=${DELETE_EXPIRED}`,
  noHandleSignals: true,
  gracefulShutdownAbortTimeout: GRACE_MS,
  // Without batching graphile-worker 0.17 does not wait for «completed» and «failed» to reach the database when it
  // stops: the job, and with it the queue, would stay locked for hours. A batch of 0 ms is waited for.
  preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  logger: new Logger((scope) => (level, message, meta) => {
    const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
    // graphile-worker writes errors into its sentences too.
    log[levels[level]]({ ...scope, ...meta }, maskQuoted(message, meta?.error))
  }),
})

let stopped: Promise<void> | undefined
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    log.info(`worker stopping on ${signal}`)
    stopped ??= runner.stop()
  })
}

try {
  await runner.promise
  // The runner's promise does not wait for its jobs to be released; stop() does.
  await stopped
} catch (error) {
  log.error({ err: error }, 'the worker broke off')
  process.exitCode = 1
}
await giveBackAttempts()
const { heartbeat, recovery, scheduler } = await ready
await scheduler.stop()
await recovery.stop()
await heartbeat.stop()
await database().$disconnect()
log.info('worker stopped')
process.exit()

/** Being handed back is nobody's failure: the job keeps its place, and the attempt is not counted. */
async function giveBackAttempts(): Promise<void> {
  for (const [id, { attempts, runAt }] of handedBack) {
    // Not through makeWorkerUtils: its rescheduleJobs() takes 0 attempts for «as it was».
    await database().$executeRaw`
      select from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at := ${runAt}, attempts := ${attempts}::int)`
  }
}
