import { setTimeout } from 'node:timers/promises'
import { database } from '@/lib/db'
import { envOrExit } from '@/lib/env'
import { RUN_IMPORT } from '@/lib/imports/job'
import { DELETE_EXPIRED } from '@/lib/imports/retention'
import { log } from '@/lib/log'
import { SEND_NOTIFICATION } from '@/lib/notifications/job'
import { serveHealth } from './health'
import type { Heartbeat } from './heartbeat'
import { startListing } from './listing'
import { PoolHangs, runPool } from './pool'
import { startRecovery } from './recovery'
import { startScheduler } from './scheduler'
import { deleteExpired } from './tasks/delete-expired'
import { runImport } from './tasks/run-import'
import { sendNotification } from './tasks/send-notification'

// The worker process: runs the jobs of the queue until SIGTERM or SIGINT, then finishes or hands back within 10 s.

/** The waits between pools that break off at once, in milliseconds: the database may be away for long. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000

envOrExit()

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    log.info(`worker stopping on ${signal}`)
    stop.abort()
  })
}

const recovery = startRecovery()
let heartbeat: Heartbeat | undefined
serveHealth(() => heartbeat)
startListing()
const scheduler = startScheduler()
let wait = FIRST_WAIT_MS
while (!stop.signal.aborted) {
  const startedAt = performance.now()
  try {
    await runPool(
      {
        tasks: {
          [RUN_IMPORT]: runImport,
          [DELETE_EXPIRED]: deleteExpired,
          [SEND_NOTIFICATION]: sendNotification,
        },
        // Every hour, so that a machine that is off at night does it too; what fails waits for the next hour.
        crontab: `23 * * * * ${DELETE_EXPIRED} ?max=1&jobKey=${DELETE_EXPIRED}`,
        onStart(started) {
          heartbeat = started
        },
      },
      stop.signal,
    )
    if (!stop.signal.aborted) log.warn('the worker broke off; it starts anew')
  } catch (error) {
    if (error instanceof PoolHangs) {
      // Whoever supervises us starts another process, and the other workers take over what this one holds.
      log.fatal({ err: error }, 'the worker hangs')
      process.exit(1)
    }
    log.error({ err: error }, 'the worker broke off; it starts anew')
    process.exitCode = stop.signal.aborted ? 1 : 0
  }
  // Long enough alive: what broke it off was something new.
  wait = performance.now() - startedAt > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS)
  await setTimeout(wait, undefined, { signal: stop.signal }).catch(() => {})
}
await scheduler.stop()
await recovery.stop()
await database().$disconnect()
log.info('worker stopped')
process.exit()
