import { beforeEach, expect, test } from 'vitest'
import { parseEnv } from '@/lib/env'
import { deleteExpiredScheduleRuns, deleteExpiredSessions } from '@/lib/imports/retention'
import { good, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { holdTable } from '@/tests/setup/hold-table'
import { emptyDatabase, query, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

/** A session that was created and, unless it is active, ended so many days ago. */
async function sessionFrom(days: number, status = 'COMPLETED', ended: number | null = days): Promise<number> {
  const [row] = await query<{ id: number }>(
    `insert into import_sessions (types, source, request_key, status, created_at, started_at, finished_at)
     values ('{catalog}', '/x', gen_random_uuid(), $2::session_status, now() - $1 * interval '1 day', now() - $1 * interval '1 day', now() - $3 * interval '1 day')
     returning id`,
    [days, status, ended],
  )
  const id = row?.id ?? 0
  await query(`insert into import_steps (session_id, kind, position) values (${id}, 'goods', 0)`)
  await query(
    `insert into import_attempts (token, session_id, number, worker_id) values (gen_random_uuid(), ${id}, 1, 'w')`,
  )
  await query(`insert into import_problems (session_id, severity, code, message) values (${id}, 'error', 'c', 'm')`)
  await query(`insert into import_problem_totals values (${id}, '', 'error', 'c', 1)`)
  return id
}

const CHILDREN = ['import_steps', 'import_attempts', 'import_problems', 'import_problem_totals']

/** The ids of sessions that have rows left, for sessions and for each table of what belongs to them. */
const left = async () =>
  Object.fromEntries(
    await Promise.all(
      [['import_sessions', 'id'], ...CHILDREN.map((table) => [table, 'session_id'])].map(async ([table, column]) => [
        table,
        (await query<{ id: number }>(`select distinct ${column} as id from ${table} order by 1`)).map(({ id }) => id),
      ]),
    ),
  )

const recorded = async () =>
  (await query<{ details: unknown }>(`select details from audit_log where action = 'import.expired' order by id`)).map(
    ({ details }) => details,
  )

test('the worker deletes what ended too long ago, by its crontab, while an import runs, and says how much', async () => {
  const before = (await recorded()).length
  for (const status of ['COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED']) await sessionFrom(31, status)
  const young = await sessionFrom(29)
  const endedLately = await sessionFrom(400, 'FAILED', 1)
  const active = await sessionFrom(400, 'IN_PROGRESS', null)
  await query(`insert into workers (id, host, pid, stopped_at) values
    ('old', 'h', 1, now() - interval '31 days'), ('recent', 'h', 1, now() - interval '29 days')`)

  const source = temporaryDirectory()
  await writeExport(source, { goods: [good({ id: 'g' })] })
  await holdTable('product_variants')
  const running = await start(['catalog'], source)
  const worker = await startWorker({ RETENTION_DAYS: '30' })
  await eventually(async () => expect((await sessionOf(running.sessionId)).currentStep).toBe('goods'))

  // The crontab is known to the queue; its hour is not waited for.
  expect(await query(`select identifier from graphile_worker._private_known_crontabs`)).toEqual([
    { identifier: 'delete_expired' },
  ])
  await query(`select from graphile_worker.add_job('delete_expired')`)
  await eventually(() =>
    expect(worker.log).toContainEqual(expect.objectContaining({ sessions: 4, workers: 1, days: 30 })),
  )

  const kept = await left()
  for (const table of CHILDREN) expect(kept[table]).toEqual(expect.arrayContaining([young, endedLately]))
  // The old active one has lost its job: whether recovery has failed it by now or not, it is there.
  expect(kept.import_sessions).toEqual([young, endedLately, active, running.sessionId])
  expect((await recorded()).slice(before)).toEqual([{ sessions: 4, days: 30 }])
  expect(await query(`select id from workers where id in ('old', 'recent')`)).toEqual([{ id: 'recent' }])
  expect((await sessionOf(running.sessionId)).status).toBe('IN_PROGRESS')
})

test('old sessions go batch by batch, the oldest first, and two that delete at once take each one once', async () => {
  for (let days = 41; days > 31; days--) await sessionFrom(days)
  expect(await deleteExpiredSessions(31, 3)).toBe(3)
  expect((await left()).import_sessions).toEqual([4, 5, 6, 7, 8, 9, 10])
  const deleted = await Promise.all([deleteExpiredSessions(31, 4), deleteExpiredSessions(31, 4)])
  expect(deleted[0] + deleted[1] + (await deleteExpiredSessions(31))).toBe(7)
  expect(await left()).toEqual(Object.fromEntries(['import_sessions', ...CHILDREN].map((table) => [table, []])))
  expect(await deleteExpiredSessions(31)).toBe(0)
})

test('how long sessions are kept is a whole number of days', () => {
  const days = (text: string) => parseEnv({ DATABASE_URL: 'postgresql://x/x', RETENTION_DAYS: text } as never)
  expect(days('').RETENTION_DAYS).toBe(180)
  expect(days('7').RETENTION_DAYS).toBe(7)
  for (const bad of ['0', '-1', '1.5', 'forever']) expect(() => days(bad)).toThrow('RETENTION_DAYS')
})

test('runs of a schedule go with the years, but for its last', async () => {
  const [schedule] = await query<{ id: number }>(
    `insert into schedules (name, types, cron, time_zone) values ('Ночью', '{catalog}', '0 3 * * *', 'Europe/Moscow') returning id`,
  )
  const add = (days: number) =>
    query(
      `insert into schedule_runs (schedule_id, due_at, outcome) values ($1, now() - $2 * interval '1 day', 'missed')`,
      [schedule?.id, days],
    )
  for (const days of [500, 400]) await add(days)
  expect(await deleteExpiredScheduleRuns(180)).toBe(1)
  expect(await deleteExpiredScheduleRuns(180)).toBe(0)
  await add(1)
  expect(await deleteExpiredScheduleRuns(180)).toBe(1)
  expect(await query(`select from schedule_runs`)).toHaveLength(1)
})
