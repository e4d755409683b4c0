import { text } from 'node:stream/consumers'
import pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { database } from '@/lib/db'
import { listSessions } from '@/lib/imports/queries'
import type { SessionListFilter } from '@/lib/imports/session'
import { placeOf, SESSION_ORDERS } from '@/lib/imports/session-order'
import { COUNTED_AT_MOST, findSessionIds, idsStatement } from '@/lib/imports/session-page'
import { type SessionsCsvWords, sessionsCsv } from '@/lib/imports/sessions-csv'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import { Prisma } from '@/prisma/client/client'
import { emptyDatabase, query } from '@/tests/setup/imports'

beforeEach(emptyDatabase)

const ZONE = 'Europe/Moscow'

/** Settled sessions 1…`count`, a minute apart, the last just now; by default all of them failed imports of the catalogue. */
const addSessions = (count: number, columns: Record<string, string> = {}) => {
  const values = {
    types: `'{catalog}'::import_type[]`,
    source: `'/x'`,
    request_key: `'x'`,
    status: `'FAILED'::session_status`,
    job_id: `1000 + n`,
    error_message: `'Файл номер ' || n || ' Повреждён'`,
    created_at: `now() - (${count} - n) * interval '1 minute'`,
    started_at: `now() - (${count} - n) * interval '1 minute'`,
    finished_at: `now() - (${count} - n) * interval '1 minute' + (n * 7 % 100) * interval '1 second'`,
    ...columns,
  }
  return query(
    `insert into import_sessions (${Object.keys(values)}) select ${Object.values(values)} from generate_series(1, ${count}) as n`,
  )
}

const listed = (filter: SessionListFilter) => listSessions(filter, ZONE)
const ids = async (filter: SessionListFilter) => (await listed(filter)).sessions.map(({ id }) => id)
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i)

describe('the history', () => {
  test('goes page by page to the end and back, each session once, in every order', async () => {
    // Durations repeat, and some sessions never began: they have no place among durations.
    await addSessions(65, {
      started_at: `case when n % 13 = 0 then null else now() - (65 - n) * interval '1 minute' end`,
    })
    for (const order of SESSION_ORDERS) {
      const timed = order === 'longest' || order === 'shortest'
      const forth: number[] = []
      const pages: number[][] = []
      let list = await listed({ order })
      expect(list).toMatchObject({ previous: null, found: 65 - (timed ? 5 : 0), foundMore: false })
      for (;;) {
        const page = list.sessions.map(({ id }) => id)
        forth.push(...page)
        pages.push(page)
        if (!list.next) break
        list = await listed({ order, after: list.next })
      }
      expect(new Set(forth).size).toBe(timed ? 60 : 65)
      expect(forth).toHaveLength(timed ? 60 : 65)
      const back: number[][] = [list.sessions.map(({ id }) => id)]
      while (list.previous) {
        list = await listed({ order, before: list.previous })
        back.unshift(list.sessions.map(({ id }) => id))
      }
      expect(back).toEqual(pages)
    }
    expect(await ids({})).toEqual(down(65, 46))
    expect(await ids({ order: 'oldest' })).toEqual(down(20, 1).reverse())
    const took = (await listed({ order: 'longest' })).sessions.map(
      ({ startedAt, finishedAt }) => Number(finishedAt) - Number(startedAt),
    )
    expect(took).toEqual(took.toSorted((a, b) => b - a))
  })

  test('shows the first page where a place has nothing behind it any more, and does not lose its way when it grows', async () => {
    await addSessions(45)
    const first = await listed({})
    const second = await listed({ after: first.next ?? '' })
    await query(`insert into import_sessions (types, source, request_key) values ('{prices}', '/x', 'new')`)
    expect(await listed({ after: first.next ?? '' })).toEqual({ ...second, found: 46 })
    // One newer session has no page of its own: it begins the first.
    expect(await ids({ before: placeOf(first.sessions[0] ?? never(), 'newest') })).toEqual(down(46, 27))
    expect(await ids({ after: '0.1' })).toEqual(down(46, 27))
    expect(await listed({ after: '0.1' })).toMatchObject({ previous: null, anyActive: true })
  })

  test('is filtered by status, type, person and days, alone and together', async () => {
    await query(`insert into users (id, email, name, password_hash, role) values (7, 'anna@example.org', 'Анна', '', 'OPERATOR')
      on conflict (id) do nothing`)
    await addSessions(30, {
      types: `(case when n % 2 = 0 then '{catalog,customers}' else '{prices}' end)::import_type[]`,
      status: `(case when n % 3 = 0 then 'FAILED' else 'COMPLETED' end)::session_status`,
      created_by: `case when n % 5 = 0 then 7 end`,
      created_at: `timestamptz '2026-11-01 00:00+03' + (n - 1) * interval '12 hours'`,
    })
    expect(await ids({ status: 'FAILED', type: 'prices' })).toEqual([27, 21, 15, 9, 3])
    expect(await ids({ type: 'customers', who: 7 })).toEqual([30, 20, 10])
    expect((await listed({ who: 7 })).sessions[0]?.startedBy).toBe('Анна')
    expect(await listed({ who: 'system' })).toMatchObject({ found: 24 })
    expect(await ids({ who: 8 })).toEqual([])
    // Days are those of the reader: in Moscow each has two sessions, at midnight and at noon.
    expect(await ids({ from: '2026-11-03', to: '2026-11-04' })).toEqual([8, 7, 6, 5])
    expect((await listSessions({ to: '2026-10-31' }, 'America/New_York')).sessions.map(({ id }) => id)).toEqual([1])
    expect(await ids({ from: '2026-11-15', status: 'FAILED', order: 'oldest' })).toEqual([30])
    expect(await listed({ status: 'CANCELLED' })).toMatchObject({ sessions: [], found: 0, anyEver: true })
  })

  test('is searched by session id, job id and a part of the error text', async () => {
    await addSessions(45)
    expect(await ids({ search: '7' })).toEqual([37, 27, 17, 7])
    expect(await ids({ search: '1007' })).toEqual([7])
    // A number that is none of a session or a job may stand in a text.
    await query(`update import_sessions set error_message = 'Строка 98765' where id in (3, 7)`)
    expect(await ids({ search: '98765' })).toEqual([7, 3])
    expect(await ids({ search: 'повреждён', type: 'catalog', status: 'FAILED' })).toHaveLength(20)
    expect(await ids({ search: 'повреждён', type: 'prices' })).toEqual([])
    expect(await listed({ search: 'нет такого' })).toMatchObject({ sessions: [], found: 0, anyEver: true })
  })

  test('is searched beyond the newest errors, by letters of any alphabet, and says where it was not', async () => {
    await addSessions(1100, {
      error_message: `'Файл ' || n || case when n <= 25 then ' ЩЁЛКА_%' else ' обрывается' end`,
    })
    expect(await ids({ search: 'щёлка_%' })).toEqual(down(25, 6))
    const second = await listed({ search: 'щёлка', after: (await listed({ search: 'щёлка' })).next ?? '' })
    expect(second.sessions.map(({ id }) => id)).toEqual(down(5, 1))
    expect(await ids({ search: 'щёлка', before: second.previous ?? '' })).toEqual(down(25, 6))
    expect(await ids({ search: 'щёлка', order: 'shortest' })).toHaveLength(20)
    expect(await ids({ search: 'щёлка__' })).toEqual([])
    expect(await ids({ search: 'обрыв' })).toEqual(down(1100, 1081))
    expect(await ids({ search: '1003' })).toEqual([1003, 3])
    expect(await listed({ search: 'щё' })).toMatchObject({ sessions: [], complete: false })
    expect(await listed({})).toMatchObject({ found: 1000, foundMore: true })
  })

  test('reads no more of an index than it shows, for every filter in every order, on the first page and a deep one', async () => {
    const { id: old } = await database().user.create({
      data: { email: 'old@obmen.test', role: 'VIEWER', passwordHash: '' },
    })
    const { id: late } = await database().user.create({
      data: { email: 'late@obmen.test', role: 'VIEWER', passwordHash: '' },
    })
    // What comes last in an order, and would be looked for in vain by any other index: the planner's favourite trap. What
    // has as much of other things among it seems to be everywhere.
    await addSessions(6000, {
      types: `array[(enum_range(null::import_type))[1 + n * 7 / 6001]]`,
      status: `case when n % 3 = 0 then 'COMPLETED_WITH_ERRORS' when n <= 2000 then 'CANCELLED' when n > 4000 then 'COMPLETED' else 'FAILED' end::session_status`,
      created_by: `case when n <= 2500 and n % 2 = 0 then ${old} when n > 3500 and n % 2 = 0 then ${late} end`,
    })
    await query(`analyze import_sessions`)
    const filters: SessionListFilter[] = [
      {},
      { who: 'system' },
      { who: old },
      { who: late },
      { who: old, from: '2020-01-01', to: '2030-01-01' },
      { status: 'CANCELLED', from: '2020-01-01', to: '2030-01-01' },
      { from: '2020-01-01', to: '2030-01-01' },
      ...(['COMPLETED', 'FAILED', 'CANCELLED'] as const).map((status) => ({ status })),
      ...IMPORT_TYPE_NAMES.map((type) => ({ type })),
    ]
    for (const order of SESSION_ORDERS) {
      for (const given of filters) {
        const filter = { ...given, order }
        const { ids } = await findSessionIds(filter, ZONE, null, 300)
        const deep = await database().importSession.findUniqueOrThrow({ where: { id: ids.at(-1) ?? 0 } })
        const [value, id] = placeOf(deep, order).split('.').map(Number)
        for (const start of [null, { after: { value: value ?? 0, id: id ?? 0 } }]) {
          const read = await rowsRead(idsStatement(filter, ZONE, start, 21))
          expect(read, JSON.stringify({ ...filter, start })).toBeLessThanOrEqual(21)
        }
      }
    }
  })

  test('reads no more to show a page than what hangs on its sessions, and counts no further than it says', async () => {
    await addSessions(6000)
    await query(`insert into import_steps (session_id, kind, position)
      select id, unnest('{groups,goods}'::step_kind[]), unnest('{0,1}'::int[]) from import_sessions`)
    await query(`insert into import_attempts (token, session_id, number, worker_id)
      select gen_random_uuid(), id, 1, 'pool' from import_sessions`)
    await query(`analyze`)
    const asked = vi.spyOn(pg.Pool.prototype, 'query')
    await listed({})
    const statements = asked.mock.calls.map(([statement]) => statement as unknown as pg.QueryConfig)
    asked.mockRestore()
    expect(statements.length).toBeGreaterThan(4)
    for (const { text, values } of statements) {
      const [row] = await query<ExplainRow>(`explain (analyze, timing off, format json) ${text}`, values)
      expect(mostRead(row), text).toBeLessThanOrEqual(COUNTED_AT_MOST + 1)
    }
  })
})

interface ExplainRow {
  'QUERY PLAN': { Plan: Plan }[]
}

interface Plan {
  'Node Type': string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

/** The most rows that a node of the executed plan looked at. */
async function rowsRead(statement: Prisma.Sql): Promise<number> {
  const [row] = await database().$queryRaw<ExplainRow[]>(
    Prisma.sql`explain (analyze, timing off, format json) ${statement}`,
  )
  return mostRead(row)
}

function mostRead(row: ExplainRow | undefined): number {
  const most = (plan: Plan): number =>
    Math.max(
      plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0),
      ...(plan.Plans ?? []).map(most),
    )
  return most(row?.['QUERY PLAN'][0]?.Plan ?? never())
}

const never = (): never => {
  throw new Error('It is there.')
}

describe('the CSV file of the history', () => {
  const words = {
    columns: new Proxy({} as SessionsCsvWords['columns'], { get: (_, key) => String(key) }),
    type: (type) => type,
    status: (status) => status,
    dryRun: 'да',
    starter: ({ startedBy, schedule }) => startedBy ?? schedule?.name ?? 'Команда',
    error: (message) => message,
    moment: (moment) => moment.toISOString(),
  } satisfies SessionsCsvWords

  const linesOf = async (filter: SessionListFilter) =>
    (await text(sessionsCsv(filter, ZONE, words))).split('\r\n').slice(1, -1)

  test('holds all that fits the filter, in its order, with the sums of the reports, and lets nothing be computed', async () => {
    await addSessions(2300, { status: `(case when n % 2 = 0 then 'FAILED' else 'COMPLETED' end)::session_status` })
    await query(`update import_sessions set error_message = '=1+1;"', dry_run = true where id = 2300`)
    await query(`insert into import_steps (session_id, kind, position, processed, created, unchanged) values
      (2300, 'goods', 0, 5, 2, 3), (2300, 'prices', 1, 10, 10, 0)`)
    const lines = await linesOf({ status: 'FAILED', order: 'oldest' })
    expect(lines.map((line) => Number(line.split(';')[0]))).toEqual(Array.from({ length: 1150 }, (_, i) => 2 * i + 2))
    expect(lines.at(-1)).toMatch(/^2300;catalog;FAILED;да;3300;Команда;20.*Z;0;15;12;0;3;0;0;0;0;"'=1\+1;"""$/)
    expect(await linesOf({ search: 'номер 23 ' })).toHaveLength(1)
    expect(await linesOf({ status: 'CANCELLED' })).toEqual([])
  })
})
