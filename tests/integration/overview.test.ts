import { beforeEach, expect, test } from 'vitest'
import { importFreshness, lastDays, problemCodes, queueNow, workersNow } from '@/lib/overview/queries'
import { good, price, priceType, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, importNow, query, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const ZONE = 'Europe/Moscow'
const NOW = new Date('2026-11-22T12:00:00+03:00')

const add = (at: string, status: string, seconds: number, dryRun = false) =>
  query(
    `insert into import_sessions (types, source, request_key, status, dry_run, created_at, started_at, finished_at)
     values ('{stocks}', '/x', gen_random_uuid(), $2::session_status, $4, $1, $1, $1::timestamptz + $3 * interval '1 second')`,
    [at, status, seconds, dryRun],
  )

test('the last thirty days are the reader’s days, with outcomes and durations of what ended well', async () => {
  await add('2026-10-23T23:59:59+03:00', 'FAILED', 1)
  await add('2026-10-24T00:00:00+03:00', 'COMPLETED', 10)
  await add('2026-11-21T23:59:59+03:00', 'COMPLETED_WITH_ERRORS', 20)
  for (const seconds of [1, 2, 60]) await add('2026-11-22T00:00:00+03:00', 'COMPLETED', seconds)
  await add('2026-11-22T01:00:00+03:00', 'FAILED', 5000)
  await add('2026-11-22T01:00:00+03:00', 'CANCELLED', 5000)
  await add('2026-11-22T01:00:00+03:00', 'COMPLETED', 5000, true)
  await query(`insert into import_sessions (types, source, request_key) values ('{stocks}', '/x', 'active')`)

  const { days, total } = await lastDays(NOW, ZONE)
  expect(days).toHaveLength(30)
  const nothing = { completed: 0, withErrors: 0, failed: 0, cancelled: 0, median: null, longest: null }
  expect(days[0]).toEqual({ ...nothing, day: '2026-10-24', completed: 1, median: 10, longest: 10 })
  expect(days[1]).toEqual({ ...nothing, day: '2026-10-25' })
  expect(days[28]).toMatchObject({ day: '2026-11-21', withErrors: 1, longest: 20 })
  expect(days[29]).toMatchObject({ completed: 3, failed: 1, cancelled: 1, median: 2, longest: 60 })
  expect(total).toEqual({ completed: 4, withErrors: 1, failed: 1, cancelled: 1, median: 10, longest: 60 })

  await emptyDatabase()
  expect((await lastDays(NOW, ZONE)).total).toEqual(nothing)
})

test('shows what was imported last, what was wrong with it, and who is at work on what', async () => {
  const source = temporaryDirectory()
  await writeExport(source, {
    goods: [good({ id: 'g' }), good({ id: '' })],
    priceTypes: [priceType({ id: 't' })],
    prices: [price({ offerId: 'g', priceTypeId: 't' })],
  })
  const session = await importNow(['catalog'], source)
  await importNow(['catalog'], source, { dryRun: true })
  const now = new Date()

  const freshness = await importFreshness(now)
  expect(freshness.flatMap(({ type, lastGood }) => (lastGood ? [[type, lastGood.id]] : []))).toEqual([
    ['catalog', session.id],
    ['prices', session.id],
  ])
  expect(await problemCodes(now, ZONE)).toContainEqual({
    code: 'missing_id',
    severity: 'error',
    count: 1,
    sessions: 1,
    lastSession: session.id,
  })

  const first = await start(['catalog'], source)
  const second = await start(['prices'], source)
  await query(`insert into workers (id, host, pid, seen_at, stopped_at) values
    ('busy', 'h', 1, now(), null), ('silent', 'h', 2, now() - interval '1 minute', null), ('gone', 'h', 3, now(), now())`)
  await query(
    `update graphile_worker._private_jobs set locked_by = 'busy', locked_at = now(), attempts = 1 where id = $1`,
    [first.jobId],
  )
  expect((await queueNow()).sessions.map(({ id, jobState }) => [id, jobState])).toEqual([
    [first.sessionId, 'STARTED'],
    [second.sessionId, 'PENDING'],
  ])
  expect(await workersNow()).toMatchObject([
    { id: 'busy', alive: true, seenAt: null, session: { id: first.sessionId, types: ['catalog'] } },
    { id: 'silent', alive: false, seenAt: expect.any(Date), session: null },
  ])
})
