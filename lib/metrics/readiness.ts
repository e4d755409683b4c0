import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { hasMigration, workerHeartbeatAge } from '@/lib/metrics/queries'

export interface Readiness {
  status: 'ok' | 'database_unavailable' | 'migrations_missing'
  /** Seconds since any worker was last heard of; null: never, or all were stopped. */
  workerHeartbeatAgeSeconds?: number | null
  workerAlive?: boolean
}

/** Whether this process can do its work: the database answers and has the newest migration this build knows. */
export async function readiness(): Promise<Readiness> {
  try {
    const newest = process.env.NEWEST_MIGRATION
    const [migrated, age] = await Promise.all([newest ? hasMigration(newest) : true, workerHeartbeatAge()])
    return {
      status: migrated ? 'ok' : 'migrations_missing',
      workerHeartbeatAgeSeconds: age,
      workerAlive: age !== null && age * 1000 < WORKER_DEAD_AFTER_MS,
    }
  } catch {
    return { status: 'database_unavailable' }
  }
}
