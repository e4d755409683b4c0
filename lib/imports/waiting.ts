import { database } from '@/lib/db'
import { IS_HEARD } from '@/lib/imports/liveness'
import type { Waiting } from '@/lib/imports/session'

/** What every queued session waits for, by session: the queue runs one job at a time, the longest due first. */
export async function queuedSessions(): Promise<Map<number, Waiting>> {
  const rows = await database().$queryRaw<({ id: number } & Waiting)[]>`
    select id, place::int, before, "workerAlive"
    from (
      select s.id, j.locked_at,
        count(*) filter (where j.locked_at is null) over line as place,
        lag(s.id) over line as before,
        exists (select from workers where ${IS_HEARD}) as "workerAlive"
      from import_sessions as s join graphile_worker.jobs as j on j.id = s.job_id
      where s.status in ('STARTED', 'IN_PROGRESS')
      window line as (order by j.locked_at is null, j.priority, j.run_at, j.id)
    ) as jobs
    where locked_at is null`
  return new Map(rows.map(({ id, ...waiting }) => [id, waiting]))
}
