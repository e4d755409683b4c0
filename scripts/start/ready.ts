import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { StartFailure } from '@/scripts/start/failure'

const TIMEOUT_MS = 60_000

/** Waits until the web server answers for itself and its database. */
export const untilHealthy = (url: string, signal: AbortSignal): Promise<void> =>
  until('Веб-сервер не отвечает', signal, async () => {
    const answer = await fetch(new URL('/api/health/ready', url)).catch(() => null)
    return answer?.ok ?? false
  })

/** Waits until the worker has registered itself: from then on it takes jobs. */
export async function untilWorking(databaseUrl: string, pid: number, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await until('Обработчик импорта не отвечает', signal, async () => {
      const { rowCount } = await client.query(
        `select from workers
         where pid = $1 and stopped_at is null and seen_at > now() - $2 * interval '1 millisecond'`,
        [pid, WORKER_DEAD_AFTER_MS],
      )
      return rowCount !== 0
    })
  } finally {
    await client.end()
  }
}

async function until(failure: string, signal: AbortSignal, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new StartFailure(`${failure} уже ${TIMEOUT_MS / 1000} с: см. журналы в .data/logs`)
    await setTimeout(100, undefined, { signal })
  }
}
