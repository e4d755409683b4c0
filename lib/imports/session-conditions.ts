import { addDays, startOfDay } from '@/lib/day'
import type { SessionListFilter } from '@/lib/imports/session'
import { isByDuration, isDescending } from '@/lib/imports/session-order'
import type { PageStart } from '@/lib/imports/session-page'
import { Prisma } from '@/prisma/client/client'

// The filter of the history in SQL, in the very words of its indexes (migration `history`).

const { sql } = Prisma

/** users.id, 0 for the schedule and the command line. */
const STARTER = sql`coalesce(created_by, 0)`

/** A text that LIKE takes as it is; file names are full of its «any character». */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** What the filter wants to be equal: each has indexes that begin with it. */
const wanted = ({ status, who }: SessionListFilter): { column: Prisma.Sql; value: Prisma.Sql }[] => [
  ...(status ? [{ column: sql`status`, value: sql`${status}::session_status` }] : []),
  ...(who === undefined ? [] : [{ column: STARTER, value: sql`${who === 'system' ? 0 : who}::int` }]),
]

/** Status, type and person; each alone is a range of an index. */
export const filterConditions = (filter: SessionListFilter): Prisma.Sql[] => [
  ...wanted(filter).map(({ column, value }) => sql`${column} = ${value}`),
  // A literal: a partial index is used only where the statement, when it is planned, says its condition.
  ...(filter.type ? [sql`types @> ${Prisma.raw(`'{${filter.type}}'`)}::import_type[]`] : []),
]

/** The days of the filter, both included, as they are where the reader is: from this moment on, and before that one. */
const boundsOf = ({ from, to }: SessionListFilter, timeZone: string) => ({
  from: from ? sql`${startOfDay(from, timeZone).toISOString()}::timestamptz` : null,
  until: to ? sql`${startOfDay(addDays(to, 1), timeZone).toISOString()}::timestamptz` : null,
})

export function dateConditions(filter: SessionListFilter, timeZone: string): Prisma.Sql[] {
  const { from, until } = boundsOf(filter, timeZone)
  return [...(from ? [sql`created_at >= ${from}`] : []), ...(until ? [sql`created_at < ${until}`] : [])]
}

/** Session id or job id, up to what the columns hold: serial and bigint. */
export function matchesNumber(search: string): Prisma.Sql {
  if (/^\d{1,9}$/.test(search)) return sql`(id = ${Number(search)}::int or job_id = ${search}::bigint)`
  return /^\d{1,18}$/.test(search) ? sql`job_id = ${search}::bigint` : sql`false`
}

/** The order that a page is read in, what has a place in it, and what is behind the page's beginning. */
export function orderOf({ order = 'newest' }: SessionListFilter, start: PageStart) {
  const backwards = start !== null && 'before' in start
  const falling = isDescending(order) !== backwards
  const key = isByDuration(order) ? sql`(finished_at - started_at)` : sql`created_at`
  const direction = falling ? sql`desc` : sql`asc`
  const by = sql`${key} ${direction}, id ${direction}`
  const timed = isByDuration(order) ? [sql`finished_at is not null and started_at is not null`] : []
  if (!start) return { key, direction, by, timed, behind: null, place: timed }
  const { value, id } = 'before' in start ? start.before : start.after
  const bound = isByDuration(order)
    ? sql`${value}::float8 * interval '1 millisecond'`
    : sql`${new Date(value).toISOString()}::timestamptz`
  const behind = { side: falling ? ('upper' as const) : ('lower' as const), values: sql`${bound}, ${id}::int` }
  const place = [...timed, sql`(${key}, id) ${falling ? sql`<` : sql`>`} (${behind.values})`]
  return { key, direction, by, timed, behind, place }
}

/**
 * What fits the filter behind the page's beginning, as one range of one index, and its order. A status or a person alone
 * is bounded from both sides, not set equal: what is equal is no part of an order for PostgreSQL, which would then take
 * the index of the order for as good, and walk through it in the hope of sessions that may all be at its other end.
 */
export function rangeOf(filter: SessionListFilter, timeZone: string, start: PageStart) {
  const { key, direction, by, timed, behind, place } = orderOf(filter, start)
  const dates = dateConditions(filter, timeZone)
  const [lead, ...more] = wanted(filter)
  // A type has an index of its own; of several conditions PostgreSQL chooses the one to begin with.
  if (!lead || more.length > 0 || filter.type) return { where: [...filterConditions(filter), ...dates, ...place], by }
  const { column, value } = lead
  const { from, until } = isByDuration(filter.order ?? 'newest')
    ? { from: null, until: null }
    : boundsOf(filter, timeZone)
  const lower =
    behind?.side === 'lower'
      ? sql`(${column}, ${key}, id) > (${value}, ${behind.values})`
      : from
        ? sql`(${column}, ${key}) >= (${value}, ${from})`
        : sql`${column} >= ${value}`
  const upper =
    behind?.side === 'upper'
      ? sql`(${column}, ${key}, id) < (${value}, ${behind.values})`
      : until
        ? sql`(${column}, ${key}) < (${value}, ${until})`
        : sql`${column} <= ${value}`
  return { where: [lower, upper, ...dates, ...timed], by: sql`${column} ${direction}, ${by}` }
}
