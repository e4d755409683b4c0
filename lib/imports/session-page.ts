import { database } from '@/lib/db'
import type { SessionListFilter } from '@/lib/imports/session'
import {
  dateConditions,
  filterConditions,
  literally,
  matchesNumber,
  orderOf,
  rangeOf,
} from '@/lib/imports/session-conditions'
import { type Place, parsePlace } from '@/lib/imports/session-order'
import { Prisma } from '@/prisma/client/client'

// Which sessions a page of the history shows. The statements are written by hand, because each must be one range of
// one index (migration `history`): no offset, no count of everything, no sort of more than a page.

const { sql } = Prisma
const all = (conditions: Prisma.Sql[]) => (conditions.length > 0 ? Prisma.join(conditions, ' and ') : sql`true`)

/** Where a page begins: behind a place in the order, or before it; null: at the beginning. */
export type PageStart = { after: Place } | { before: Place } | null

export const pageStartOf = ({ after, before }: Pick<SessionListFilter, 'after' | 'before'>): PageStart =>
  after ? { after: parsePlace(after) } : before ? { before: parsePlace(before) } : null

export interface FoundSessions {
  /** In the filter's order. */
  ids: number[]
  /** False where the search looked through the newest errors only. */
  complete: boolean
}

/** The ids of `limit` sessions at most that fit the filter, from the start on. */
export async function findSessionIds(
  filter: SessionListFilter,
  timeZone: string,
  start: PageStart,
  limit: number,
): Promise<FoundSessions> {
  const { ids, complete } = filter.search
    ? await searchIds(filter, filter.search, timeZone, start, limit)
    : await plainIds(filter, timeZone, start, limit)
  // What comes before a place was read backwards from it.
  return { ids: start && 'before' in start ? ids.reverse() : ids, complete }
}

async function plainIds(filter: SessionListFilter, timeZone: string, start: PageStart, limit: number) {
  const [row] = await database().$queryRaw<{ ids: number[] }[]>(
    sql`select array(${idsStatement(filter, timeZone, start, limit)}) as ids`,
  )
  return { ids: row?.ids ?? [], complete: true }
}

/** A page without a search: one range of one index, whatever the filter. */
export function idsStatement(filter: SessionListFilter, timeZone: string, start: PageStart, limit: number): Prisma.Sql {
  const { where, by } = rangeOf(filter, timeZone, start)
  return sql`select id from import_sessions where ${all(where)} order by ${by} limit ${limit}`
}

/** So many of the newest errors are looked through before the index of error texts is asked. */
const RECENT_ERRORS = 500

/**
 * A part of an error text, or an id. What many errors say is found among the newest, what few say by the index of
 * texts: the first alone would look through all for a rare text, the second alone would fetch every place of a common one.
 */
async function searchIds(
  filter: SessionListFilter,
  search: string,
  timeZone: string,
  start: PageStart,
  limit: number,
): Promise<FoundSessions> {
  const { place, by } = orderOf(filter, start)
  const range = [...dateConditions(filter, timeZone), ...place]
  const rest = filterConditions(filter)
  const contains = sql`error_message ilike ${`%${literally(search)}%`}`
  const keys = sql`select id, created_at, started_at, finished_at`
  const byNumber = sql`${keys} from import_sessions where ${all([matchesNumber(search), ...rest, ...range])}`
  // Who types a whole number means a session or a job, if there is one.
  if (/^\d{3,}$/.test(search)) {
    // Materialized: ordered at once, PostgreSQL might walk the order in search of the number.
    const numbered = await database().$queryRaw<{ id: number }[]>`
      with numbered as materialized (${byNumber}) select id from numbered order by ${by} limit ${limit}`
    if (numbered.length > 0) return { ids: numbered.map(({ id }) => id), complete: true }
  }
  const [recent] = await database().$queryRaw<{ ids: number[]; seen: number }[]>`
    with recent as materialized (
      ${keys}, error_message, status, types, created_by from import_sessions where ${all([sql`error_message is not null`, ...range])}
      order by ${by} limit ${RECENT_ERRORS}
    )
    select (select count(*)::int from recent) as seen, array(
      select id from (${keys} from recent where ${all([contains, ...rest])} union ${byNumber}) as found
      order by ${by} limit ${limit}
    ) as ids`
  const { ids, seen } = recent ?? { ids: [], seen: 0 }
  if (ids.length >= limit || seen < RECENT_ERRORS) return { ids, complete: true }
  // Fewer than three letters have no place in the index.
  if ([...search].length < 3) return { ids, complete: false }
  const indexed = sql`error_message is not null and letters_in_threes(error_message) @> letters_in_threes(${search})`
  const [found] = await database().$queryRaw<{ ids: number[] }[]>`
    select array(
      select id from (
        ${keys} from import_sessions where ${all([indexed, contains, ...rest, ...range])} union ${byNumber}
      ) as found
      order by ${by} limit ${limit}
    ) as ids`
  return { ids: found?.ids ?? [], complete: true }
}

/** More than so many are not counted. */
export const COUNTED_AT_MOST = 1000

/**
 * How many sessions fit the filter, or one more than are counted at most; null where counting would mean to look
 * through more than that: only one condition beside the dates is a range of an index.
 */
export async function countSessions(filter: SessionListFilter, timeZone: string): Promise<number | null> {
  const { status, type, who, search } = filter
  if (search || [status, type, who].filter((value) => value !== undefined).length > 1) return null
  // In order: without one PostgreSQL might as well read the table from its beginning.
  const [row] = await database().$queryRaw<{ count: number }[]>`
    select count(*)::int as "count" from (${idsStatement(filter, timeZone, null, COUNTED_AT_MOST + 1)}) as counted`
  return row?.count ?? 0
}
