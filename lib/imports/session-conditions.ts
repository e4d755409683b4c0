import { addDays, startOfDay } from '@/lib/day'
import type { SessionListFilter } from '@/lib/imports/session'
import { isByDuration, isDescending } from '@/lib/imports/session-order'
import type { PageStart } from '@/lib/imports/session-page'
import { Prisma } from '@/prisma/client/client'

// The filter of the history in SQL, in the very words of its indexes (migration `history`).

const { sql } = Prisma

/** A text that LIKE takes as it is; file names are full of its «any character». */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** Status, type and person; each alone is a range of an index. */
export function filterConditions({ status, type, who }: SessionListFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (status) conditions.push(sql`status = ${status}::session_status`)
  // A literal: a partial index is used only where the statement, when it is planned, says its condition.
  if (type) conditions.push(sql`types @> ${Prisma.raw(`'{${type}}'`)}::import_type[]`)
  if (who !== undefined) conditions.push(sql`coalesce(created_by, 0) = ${who === 'system' ? 0 : who}::int`)
  return conditions
}

/** The days of the filter, both included, as they are where the reader is. */
export function dateConditions({ from, to }: SessionListFilter, timeZone: string): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (from) conditions.push(sql`created_at >= ${startOfDay(from, timeZone).toISOString()}::timestamptz`)
  if (to) conditions.push(sql`created_at < ${startOfDay(addDays(to, 1), timeZone).toISOString()}::timestamptz`)
  return conditions
}

/** Session id or job id, up to what the columns hold: serial and bigint. */
export function matchesNumber(search: string): Prisma.Sql {
  if (/^\d{1,9}$/.test(search)) return sql`(id = ${Number(search)}::int or job_id = ${search}::bigint)`
  return /^\d{1,18}$/.test(search) ? sql`job_id = ${search}::bigint` : sql`false`
}

/** The order that a page is read in, and the conditions of having a place in it, behind the page's beginning. */
export function orderOf(
  { order = 'newest' }: SessionListFilter,
  start: PageStart,
): { place: Prisma.Sql[]; by: Prisma.Sql } {
  const backwards = start !== null && 'before' in start
  const falling = isDescending(order) !== backwards
  const key = isByDuration(order) ? sql`(finished_at - started_at)` : sql`created_at`
  const direction = falling ? sql`desc` : sql`asc`
  const by = sql`${key} ${direction}, id ${direction}`
  const timed = isByDuration(order) ? [sql`finished_at is not null and started_at is not null`] : []
  if (!start) return { place: timed, by }
  const { value, id } = 'before' in start ? start.before : start.after
  const bound = isByDuration(order)
    ? sql`${value}::float8 * interval '1 millisecond'`
    : sql`${new Date(value).toISOString()}::timestamptz`
  return { place: [...timed, sql`(${key}, id) ${falling ? sql`<` : sql`>`} (${bound}, ${id}::int)`], by }
}
