import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { database } from '@/lib/db'
import type { EventStream } from '@/lib/events/event-stream'
import { EventHub, eventHub } from '@/lib/events/hub'
import { forgetSharedReads, sharedRead } from '@/lib/events/shared-read'
import { EventReader } from '@/tests/setup/event-reader'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query } from '@/tests/setup/imports'
import { userWithRole } from '@/tests/setup/users'

let user: number

beforeEach(async () => {
  await emptyDatabase()
  const { email } = await userWithRole('OPERATOR')
  user = (await database().user.findUniqueOrThrow({ where: { email } })).id
})

/** A window of the user that is told of everything from now on. */
async function listen(hub: EventHub, after: string | null = null): Promise<EventReader> {
  const reader = new EventReader(streamOf(hub, after).body)
  onTestFinished(() => reader.close())
  await eventually(() => expect(reader.seen.map(({ event }) => event)).toContain('resync'))
  return reader
}

function streamOf(hub: EventHub, after: string | null = null): EventStream {
  const stream = hub.open({ id: user, epoch: 0 }, after)
  if (!stream) throw new Error('No stream')
  return stream
}

function newHub(): EventHub {
  const hub = new EventHub()
  onTestFinished(() => hub.stop())
  return hub
}

const insertSession = async (status = 'STARTED'): Promise<number> => {
  const rows = await query<{ id: number }>(
    `insert into import_sessions (types, source, request_key, status) values ('{catalog}', '/export', gen_random_uuid(), '${status}') returning id`,
  )
  return rows[0]?.id ?? 0
}

/** So many events in one transaction. */
const notify = (count: number) =>
  query(
    `select pg_notify('imports', json_build_object('kind', 'workers', 'n', n)::text) from generate_series(1, $1::int) as n`,
    [count],
  )

test('whoever changes a session, every window hears of it, once a transaction, and of progress with its numbers', async () => {
  const hub = newHub()
  const [first, second] = [await listen(hub), await listen(hub)]
  const session = await insertSession()
  await query(`
    begin;
    update import_sessions set error_message = 'one' where id = ${session};
    update import_sessions set error_message = 'two', progress = 0.25 where id = ${session};
    commit;
    update import_sessions set progress = 0.5, bytes_read = 10, bytes_total = 20 where id = ${session};
    update import_sessions set progress = 0.5 where id = ${session};
    delete from import_sessions`)
  await eventually(() => expect(first.changes.at(-1)).toEqual({ kind: 'deleted' }))
  // What the queue does with the job is told besides, when it is looked at.
  const told = (reader: EventReader) => reader.changes.filter((event) => (event as { kind: string }).kind !== 'job')
  expect(told(first)).toEqual([
    { kind: 'session', session },
    { kind: 'session', session },
    {
      kind: 'progress',
      session,
      progress: expect.objectContaining({ share: 0.5, bytesRead: 10, bytesTotal: 20, secondsLeft: null }),
    },
    { kind: 'deleted' },
  ])
  await eventually(() => expect(told(second)).toEqual(told(first)))
})

test('a window that was away for a moment gets what it missed, one that was away for long is told to ask', async () => {
  const hub = newHub()
  const reader = await listen(hub)
  await insertSession()
  await eventually(() => expect(reader.changes).not.toHaveLength(0))
  const id = reader.lastId
  await reader.close()
  await query(`delete from import_sessions`)
  await listen(hub)
  await eventually(() => expect(hub.versions.imports).toBeGreaterThan(2))

  const back = new EventReader(streamOf(hub, id).body)
  await eventually(() => expect(back.changes).toContainEqual({ kind: 'deleted' }))
  expect(back.seen.some(({ event }) => event === 'resync')).toBe(false)

  await notify(300)
  await eventually(() => expect(hub.versions.imports).toBeGreaterThan(300))
  const late = new EventReader(streamOf(hub, id).body)
  await eventually(() => expect(late.seen[0]?.event).toBe('resync'))
  await Promise.all([back.close(), late.close()])
})

test('a window that reads nothing holds up no other, and is told to ask anew when it reads again', async () => {
  const hub = newHub()
  const reader = await listen(hub)
  const slow = streamOf(hub)
  for (let told = 20; told <= 100; told += 20) {
    await notify(20)
    await eventually(() => expect(reader.changes).toHaveLength(told))
  }
  expect(slow.behindSince).not.toBeNull()

  const late = new EventReader(slow.body)
  await eventually(() => expect(late.seen.at(-1)).toMatchObject({ event: 'resync', id: reader.lastId }))
  expect(late.seen.length).toBeLessThan(70)
  await late.close()
})

test.each([
  ['is disabled', 'is_active = false'],
  ['has a new password', 'session_epoch = session_epoch + 1'],
])('who %s is cut off, and hears nothing more', async (_, change) => {
  const reader = await listen(newHub())
  await query(`update users set ${change} where id = $1`, [user])
  await reader.ended
})

test('what the queue does with the job of a session is told too, and a worker that comes or goes', async () => {
  const hub = newHub()
  const reader = await listen(hub)
  await query(`
    with job as (select id from graphile_worker.add_job('no_such_task'))
    insert into import_sessions (types, source, request_key, job_id) select '{catalog}', '/export', 'a', id from job`)
  await eventually(() => expect(reader.changes).toContainEqual({ kind: 'job', session: 1 }))
  const before = reader.changes.length
  await query('select from graphile_worker.reschedule_jobs(array(select job_id from import_sessions), attempts := 2)')
  await eventually(() => expect(reader.changes.slice(before)).toEqual([{ kind: 'job', session: 1 }]))
  await query(`insert into workers (id, host, pid) values ('w', 'h', 1)`)
  await eventually(() => expect(reader.changes.at(-1)).toEqual({ kind: 'workers' }))
})

test('when the database is lost the windows are told so, and to ask anew once it is heard again', async () => {
  const hub = newHub()
  const reader = await listen(hub)
  const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'obmen events' and datname = current_database()`
  await query(terminate)
  await eventually(() => expect(reader.seen.map(({ event }) => event)).toEqual(['deaf', 'resync', 'deaf', 'resync']))
  const session = await insertSession()
  await eventually(() => expect(reader.changes).toContainEqual({ kind: 'session', session }))
})

test('five hundred readers of one thing read it once, until something is heard to have changed', async () => {
  const reader = await listen(eventHub())
  let reads = 0
  const read = () =>
    sharedRead('sessions', async () => {
      reads++
      return database().importSession.count()
    })
  expect(new Set(await Promise.all(Array.from({ length: 500 }, read)))).toEqual(new Set([0]))
  expect(reads).toBe(1)
  await insertSession()
  await eventually(() => expect(reader.changes).not.toHaveLength(0))
  expect(await read()).toBe(1)
  forgetSharedReads()
  await read()
  expect(reads).toBeGreaterThanOrEqual(3)
  eventHub().stop()
})
