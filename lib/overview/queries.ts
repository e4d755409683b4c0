import { addDays, dayOf, startOfDay } from '@/lib/day'
import { database } from '@/lib/db'
import { summariesOf } from '@/lib/imports/queries'
import type { SessionSummary } from '@/lib/imports/session'
import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import { type EndedSession, type Freshness, freshnessOf } from '@/lib/overview/freshness'
import { Prisma } from '@/prisma/client/client'
import type { ImportType, Severity } from '@/prisma/client/enums'

// What the overview shows. Dry runs change nothing, and count nowhere here.

const { sql } = Prisma

/** The overview looks back so many days, today included. */
export const DAYS_BACK = 30

/** Of each type so many of the last sessions are looked at. */
const LAST_OF_TYPE = 50

/** Of each type, what was imported last and how old it is. */
export async function importFreshness(now: Date): Promise<Freshness[]> {
  // A branch a type, each with its literal: the partial indexes of the types are used for nothing else.
  const branches = IMPORT_TYPE_NAMES.map(
    (type) => sql`(select id, types, status, dry_run, finished_at from import_sessions
      where types @> ${Prisma.raw(`'{${type}}'`)}::import_type[] order by created_at desc, id desc limit ${LAST_OF_TYPE})`,
  )
  const sessions = await database().$queryRaw<EndedSession[]>`
    select id, types::text[] as "types", status::text as "status", finished_at as "finishedAt",
      array(select kind::text from import_steps where session_id = id and processed > 0) as "brought"
    from (${Prisma.join(branches, ' union ')}) as lately
    where not dry_run and finished_at is not null and status <> 'CANCELLED'`
  return freshnessOf(sessions, now)
}

/** What became of the sessions of a day, and how long those took that ended well, in seconds. */
export interface Outcomes {
  completed: number
  withErrors: number
  failed: number
  cancelled: number
  median: number | null
  longest: number | null
}

export interface DayOutcomes extends Outcomes {
  /** As `2026-11-22`, where the reader is. */
  day: string
}

const NO_OUTCOMES: Outcomes = { completed: 0, withErrors: 0, failed: 0, cancelled: 0, median: null, longest: null }

/** The last days one by one, the oldest first, and all of them together. */
export async function lastDays(now: Date, timeZone: string): Promise<{ days: DayOutcomes[]; total: Outcomes }> {
  const today = dayOf(now, timeZone)
  const days = Array.from({ length: DAYS_BACK }, (_, index) => addDays(today, index + 1 - DAYS_BACK))
  // Where a day begins is computed here: PostgreSQL may not know the browser's time zone.
  const bounds = [...days, addDays(today, 1)].map((day) => startOfDay(day, timeZone).toISOString())
  const rows = await database().$queryRaw<(Outcomes & { place: number | null })[]>`
    select place,
      count(*) filter (where status = 'COMPLETED')::int as "completed",
      count(*) filter (where status = 'COMPLETED_WITH_ERRORS')::int as "withErrors",
      count(*) filter (where status = 'FAILED')::int as "failed",
      count(*) filter (where status = 'CANCELLED')::int as "cancelled",
      percentile_cont(0.5) within group (order by seconds) as "median",
      max(seconds) as "longest"
    from (
      select width_bucket(created_at, ${bounds}::timestamptz[]) as place, status,
        case when status in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
          then extract(epoch from finished_at - started_at)::float8 end as seconds
      from import_sessions
      where created_at >= ${bounds[0]}::timestamptz and created_at < ${bounds.at(-1)}::timestamptz
        and finished_at is not null and not dry_run
    ) as ended
    group by grouping sets ((place), ())`
  const byPlace = new Map(rows.map(({ place, ...outcomes }) => [place, outcomes]))
  return {
    days: days.map((day, index) => ({ day, ...(byPlace.get(index + 1) ?? NO_OUTCOMES) })),
    total: byPlace.get(null) ?? NO_OUTCOMES,
  }
}

export interface ProblemCode {
  code: string
  severity: Severity
  /** Records. */
  count: number
  sessions: number
  lastSession: number
}

/** Problem codes of the last days, the most frequent first. */
export const problemCodes = (now: Date, timeZone: string, limit = 10): Promise<ProblemCode[]> =>
  database().$queryRaw<ProblemCode[]>`
    select code, severity::text as "severity", sum(count)::float8 as "count",
      count(distinct session_id)::int as "sessions", max(session_id) as "lastSession"
    from import_problem_totals join import_sessions on id = session_id
    where created_at >= ${startOfDay(addDays(dayOf(now, timeZone), 1 - DAYS_BACK), timeZone).toISOString()}::timestamptz
      and not dry_run
    group by code, severity
    order by sum(count) desc, code
    limit ${limit}`

export interface WorkerNow {
  id: string
  host: string
  pid: number
  startedAt: Date
  alive: boolean
  /** When a silent one was heard of last; null while it is alive. */
  seenAt: Date | null
  /** What it imports right now. */
  session: { id: number; types: ImportType[] } | null
}

/** Workers that have not stopped, with what they do. */
export async function workersNow(): Promise<WorkerNow[]> {
  const rows = await database().$queryRaw<
    (Omit<WorkerNow, 'session'> & { session: number | null; types: ImportType[] })[]
  >`
    select w.id, w.host, w.pid, w.started_at as "startedAt", 
      w.seen_at > bound.silent as "alive", case when w.seen_at <= bound.silent then w.seen_at end as "seenAt",
      busy.id as "session", busy.types::text[] as "types"
    from workers as w
    cross join (select now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond' as silent) as bound
    left join lateral (
      select s.id, s.types from graphile_worker.jobs as j join import_sessions as s on s.job_id = j.id
      where j.locked_by = w.id and s.status in ('STARTED', 'IN_PROGRESS')
      limit 1
    ) as busy on true
    where w.stopped_at is null
    order by w.started_at, w.id`
  return rows.map(({ session, types, ...worker }) => ({
    ...worker,
    session: session === null ? null : { id: session, types },
  }))
}

/** Sessions of the queue that are shown; more are told by `more`. */
const QUEUE_SHOWN = 10

/** Sessions that run or wait, in the order they were started. */
export async function queueNow(): Promise<{ sessions: SessionSummary[]; more: boolean }> {
  const rows = await database().$queryRaw<{ id: number }[]>`
    select id from import_sessions where status in ('STARTED', 'IN_PROGRESS')
    order by created_at, id limit ${QUEUE_SHOWN + 1}`
  const sessions = await summariesOf(rows.slice(0, QUEUE_SHOWN).map(({ id }) => id))
  return { sessions, more: rows.length > QUEUE_SHOWN }
}
