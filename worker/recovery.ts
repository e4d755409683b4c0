import { recoverSessions } from '@/lib/imports/recovery'
import { HEARTBEAT_MS } from '@/lib/imports/status'
import { log } from '@/lib/log'

/** Looks after what dead workers left behind, at once and then as often as the heart beats. */
export function startRecovery(): { stop(): Promise<void> } {
  let running = recover()
  const timer = setInterval(() => {
    running = running.then(recover)
  }, HEARTBEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

async function recover(): Promise<void> {
  try {
    const { resumed, failed } = await recoverSessions()
    for (const session of resumed) log.warn({ session }, 'session resumed: its worker is gone')
    for (const session of failed) log.error({ session }, 'session failed: its worker or its job is gone')
  } catch (error) {
    log.warn({ err: error }, 'recovery was not possible this time')
  }
}
