import { EventEmitter, once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Logger, type Runner, run, type Task, type WorkerEvents, type WorkerPool } from 'graphile-worker'
import { database } from '@/lib/db'
import { env } from '@/lib/env'
import { giveBackJobs } from '@/lib/imports/recovery'
import { log } from '@/lib/log'
import { maskQuoted } from '@/lib/log-mask'
import { Heartbeat } from './heartbeat'
import { WorkerStopping } from './tasks/run-import'

/** What is running gets this long to finish when the pool is stopped, in milliseconds; then it is handed back. */
const GRACE_MS = 4000
/** A pool that has not ended so long after it was to never will, in milliseconds. */
const END_MS = 30_000

interface Work {
  tasks: Record<string, Task>
  /** Jobs that come by the clock, as graphile-worker writes them. */
  crontab?: string
  onStart?(heartbeat: Heartbeat): void
}

/**
 * Runs the jobs of the queue until `stop`, then finishes them or hands them back. Returns before that when the pool broke
 * off, as graphile-worker's do when they lose the database at a bad moment, or was given up by the other workers while this
 * process was frozen: another must be started in its place, under another id. Nothing is left behind either way.
 */
export async function runPool({ tasks, crontab = '', onStart }: Work, stop: AbortSignal): Promise<void> {
  const events: WorkerEvents = new EventEmitter()
  const handedBack = rememberHandedBack(events)
  let runner: Runner | undefined
  const isRegistered = once(events, 'pool:create').then(async ([event]) => {
    const { id } = (event as { workerPool: WorkerPool }).workerPool
    const heartbeat = new Heartbeat(id, () => {
      log.warn({ worker: id }, 'this worker was given up by the others, as if it were frozen: it starts anew')
      void end()
    })
    await heartbeat.start()
    onStart?.(heartbeat)
    return { id, heartbeat }
  })
  // Until somebody waits for it.
  isRegistered.catch(() => {})
  const isEnding = once(events, 'pool:gracefulShutdown')

  runner = await run({
    connectionString: env().DATABASE_URL,
    events,
    taskList: tasks,
    // One import at a time, and one notification of each of the three channels that are sent, at the most: each has its
    // queue, so that no number of slow receivers stands before an import.
    concurrency: 5,
    // Asked before each look into the queue. No job is taken by a pool that nobody knows, or that may be given up.
    forbiddenFlags: async () => {
      const { heartbeat } = await isRegistered
      if (!heartbeat.isFresh) throw new Error('The heartbeat is late')
      return null
    },
    // Jobs arrive by NOTIFY; polling finds those that are due for another try.
    pollInterval: 1000,
    crontab,
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
  let ending: Promise<void> | undefined
  const end = () => {
    ending ??= runner?.stop().catch(() => {}) ?? Promise.resolve()
    return ending
  }
  const onStop = () => void end()
  stop.addEventListener('abort', onStop, { once: true })
  if (stop.aborted) onStop()
  const ended = runner.promise.catch((error) => log.error({ err: error }, 'the queue broke off'))
  try {
    const { id, heartbeat } = await isRegistered
    log.info({ worker: id }, 'worker ready')
    await isEnding
    // The runner's promise does not wait for its jobs to be released; stop() does.
    await within(END_MS, Promise.all([end(), ended]))
    await untilDone(() => giveBackAttempts(handedBack), stop)
    if (!stop.aborted) await untilDone(() => giveBackJobs(id), stop)
    await heartbeat.stop(stop.aborted)
  } finally {
    stop.removeEventListener('abort', onStop)
    await within(END_MS, end())
  }
}

type HandedBack = Map<string, { attempts: number; runAt: Date }>

/** Jobs that were running when the pool had to stop: the attempts they get back, and their place in the queue. */
function rememberHandedBack(events: WorkerEvents): HandedBack {
  const handedBack: HandedBack = new Map()
  events.on('job:error', ({ job, error }) => {
    if (error instanceof WorkerStopping) {
      handedBack.set(job.id, { attempts: job.attempts - 1, runAt: job.run_at })
    }
  })
  return handedBack
}

/** Being handed back is nobody's failure: the job keeps its place, and the attempt is not counted. */
async function giveBackAttempts(handedBack: HandedBack): Promise<void> {
  for (const [id, { attempts, runAt }] of handedBack) {
    // Not through makeWorkerUtils: its rescheduleJobs() takes 0 attempts for «as it was».
    await database().$executeRaw`
      select from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at := ${runAt}, attempts := ${attempts}::int)`
  }
}

/** Tries until it is done or the process is to stop; the database may be away for a while. */
async function untilDone(work: () => Promise<unknown>, stop: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (stop.aborted) throw error
      log.warn({ err: error }, 'what the worker held is not given back yet')
      await setTimeout(1000)
    }
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  try {
    return await Promise.race([
      work,
      setTimeout(ms, undefined, { signal: timer.signal }).then((): never => {
        throw new PoolHangs(`The pool did not end within ${ms} ms`)
      }),
    ])
  } finally {
    timer.abort()
  }
}

/** A pool that does not end: only a new process helps. */
export class PoolHangs extends Error {
  override name = 'PoolHangs'
}
