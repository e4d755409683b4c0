import { recoverSessions } from '@/lib/imports/recovery'
import { HEARTBEAT_MS } from '@/lib/imports/status'
import { WorkerWatch } from '@/lib/imports/worker-watch'
import { log } from '@/lib/log'

/** How often this process looks after the others, in milliseconds. */
const INTERVAL_MS = HEARTBEAT_MS / 2
/** After a loss of the database nobody is judged for this long, in milliseconds: the others have to beat again first. */
const PAUSE_MS = HEARTBEAT_MS * 1.5

/** Looks after what lost workers left behind, at once and then again and again. */
export function startRecovery(): { stop(): Promise<void> } {
  const watch = new WorkerWatch()
  let notBefore = Number.NEGATIVE_INFINITY
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
    if (performance.now() >= notBefore) await recover()
    if (isStopped) return
    timer = setTimeout(() => {
      running = tick()
    }, INTERVAL_MS)
  }

  async function recover(): Promise<void> {
    try {
      const { resumed, failed } = await recoverSessions(watch)
      for (const session of resumed) log.warn({ session }, 'session resumed: its worker is gone')
      for (const session of failed) log.error({ session }, 'session failed: its worker or its job is gone')
    } catch (error) {
      log.warn({ err: error }, 'recovery was not possible this time')
      watch.forget()
      notBefore = performance.now() + PAUSE_MS
    }
  }
}
