import { database } from '@/lib/db'

/** One number as Prometheus has it: `name` without the prefix `obmen_`. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** Totals of all sessions that have settled, ever (the trigger import_sessions_count_settled adds them up). */
export const settledTotals = (): Promise<Sample[]> => database().$queryRaw<Sample[]>`
  select name, labels, value from metric_totals order by name, labels`

/** How things stand now: active sessions, the queue, and each worker that has not stopped. */
export const presentState = (): Promise<Sample[]> => database().$queryRaw<Sample[]>`
  select 'sessions_active' as name, jsonb_build_object('status', status::text) as labels, count(*)::float8 as value
  from import_sessions
  where status in ('STARTED', 'IN_PROGRESS')
  group by status
  union all
  select 'jobs', jsonb_build_object('task', task_identifier, 'state', state), count(*)
  from graphile_worker.jobs
  cross join lateral (
    select case
      when locked_at is not null then 'running'
      when attempts >= max_attempts then 'failed'
      when attempts > 0 then 'retry'
      when run_at > now() then 'scheduled'
      else 'waiting'
    end as state
  ) as derived
  group by task_identifier, state
  union all
  select 'worker_heartbeat_age_seconds', jsonb_build_object('worker', id, 'host', host), extract(epoch from now() - seen_at)
  from workers
  where stopped_at is null and seen_at > now() - interval '1 day'
  order by name, labels`

/** Seconds since any worker was last heard of, by the database's clock; null when none ever was, or all have stopped. */
export async function workerHeartbeatAge(): Promise<number | null> {
  const [row] = await database().$queryRaw<{ age: number | null }[]>`
    select extract(epoch from now() - max(seen_at))::float8 as age from workers where stopped_at is null`
  return row?.age ?? null
}

/** Whether the database has this migration in full. */
export async function hasMigration(name: string): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    select from _prisma_migrations where migration_name = ${name} and finished_at is not null and rolled_back_at is null`
  return rows.length > 0
}
