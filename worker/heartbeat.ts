import os from 'node:os'
import { database } from '@/lib/db'
import { HEARTBEAT_MS } from '@/lib/imports/status'
import { log } from '@/lib/log'

/** Says in the table `workers` that this process is alive, until it is stopped. `id` is its pool's id. */
export async function startHeartbeat(id: string): Promise<{ stop(): Promise<void> }> {
  const { worker } = database()
  const beat = () =>
    worker.upsert({
      where: { id },
      create: { id, host: os.hostname(), pid: process.pid },
      update: { seenAt: new Date() },
      select: { id: true },
    })
  await beat()
  const timer = setInterval(() => {
    beat().catch((error) => log.warn({ err: error }, 'heartbeat was not written'))
  }, HEARTBEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await worker.updateMany({ where: { id }, data: { stoppedAt: new Date() } })
    },
  }
}
