import { log } from '@/lib/log'
import { runDueSchedules } from '@/lib/schedules/runs'

/** How late a due run may be noticed, in milliseconds. */
const LOOK_EVERY_MS = 5_000

/**
 * Starts what the schedules want, at once and then again and again. Not a job of the queue: no import, and no number of
 * notifications, can stand before it.
 */
export function startScheduler(): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running = tick()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }

  async function tick(): Promise<void> {
    try {
      for (const { scheduleId: schedule, dueAt, outcome, sessionId: session, reason } of await runDueSchedules()) {
        log[outcome === 'started' ? 'info' : 'warn']({ schedule, dueAt, session, reason }, `scheduled run ${outcome}`)
      }
    } catch (error) {
      log.warn({ err: error }, 'the schedules could not be looked at this time')
    }
    if (isStopped) return
    timer = setTimeout(() => {
      running = tick()
    }, LOOK_EVERY_MS)
  }
}
