import { beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { createSchedule, deleteSchedule, switchSchedule, updateSchedule } from '@/lib/schedules/commands'
import { nextRun } from '@/lib/schedules/cron'
import { getSchedule, listRuns, listSchedules } from '@/lib/schedules/queries'
import { runDueSchedules } from '@/lib/schedules/runs'
import { scheduleInput } from '@/lib/schedules/schedule'
import { good, price, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const night = {
  name: 'Ночью',
  types: ['catalog'],
  dryRun: false,
  allowMassDeactivation: false,
  cron: '0 3 * * *',
} as const
const input = (changes: object = {}) =>
  scheduleInput.parse({ ...night, timeZone: 'Europe/Moscow', isOn: true, ...changes })

let source: string

beforeEach(async () => {
  await emptyDatabase()
  source = temporaryDirectory()
  env().ONEC_DATA_DIR = source
  await writeExport(source, { goods: [good({ id: 'g' })], prices: [price({ offerId: 'g', priceTypeId: 't' })] })
})

/** A schedule that is due since that long ago. */
async function dueSince(age: string, changes: object = {}): Promise<number> {
  const id = await createSchedule(input(changes), null)
  await query(`update schedules set next_due_at = now() - $2::interval where id = $1`, [id, age])
  return id
}

describe('a due run', () => {
  test('is made once, however many workers see it, and the next is planned', async () => {
    const id = await dueSince('10 seconds')

    const made = (await Promise.all(Array.from({ length: 8 }, runDueSchedules))).flat()

    expect(made).toMatchObject([{ scheduleId: id, outcome: 'started' }])
    expect(await query(`select schedule_id, created_by from import_sessions`)).toEqual([
      { schedule_id: id, created_by: null },
    ])
    const schedule = await getSchedule(id)
    expect(schedule?.lastRun).toMatchObject({ outcome: 'started', session: { id: made[0]?.sessionId } })
    expect(schedule?.nextDueAt).toEqual(nextRun('0 3 * * *', 'Europe/Moscow', new Date()))
    expect(await runDueSchedules()).toEqual([])
    await runDueJobs()
    expect(await sessionOf(made[0]?.sessionId ?? 0)).toMatchObject({
      status: 'COMPLETED',
      startedBy: null,
      schedule: { id, name: 'Ночью', isDeleted: false },
    })
  })

  test('is made by one of two worker processes, to which the schedule was added while they ran', async () => {
    const workers = await Promise.all([1, 2].map(() => startWorker({ ONEC_DATA_DIR: source })))
    const id = await dueSince('1 second')

    await eventually(async () => expect((await getSchedule(id))?.lastRun?.session?.status).toBe('COMPLETED'))

    expect(await listRuns(id, 10)).toHaveLength(1)
    expect(await query(`select id from import_sessions`)).toHaveLength(1)
    expect(workers.flatMap(({ log }) => log.filter(({ msg }) => msg === 'scheduled run started'))).toHaveLength(1)
  })

  test('makes neither run nor session when the session cannot be made, and is tried again', async () => {
    const id = await dueSince('10 seconds')
    await query(`alter table import_sessions add constraint closed check (schedule_id is null) not valid`)
    await expect(runDueSchedules()).rejects.toThrow('closed')
    expect(await listRuns(id, 10)).toEqual([])
    await query(`alter table import_sessions drop constraint closed`)

    expect(await runDueSchedules()).toMatchObject([{ outcome: 'started' }])
  })

  test('that would overlap one of its own is skipped, with the active session named', async () => {
    const id = await dueSince('10 seconds')
    const [first] = await runDueSchedules()
    // Even one that would import something else by now.
    await updateSchedule(id, input({ types: ['prices', 'catalog'] }), null)
    await query(`update schedules set next_due_at = now()`)

    expect(await runDueSchedules()).toMatchObject([{ outcome: 'skipped', sessionId: first?.sessionId }])
    expect(await query(`select id from import_sessions`)).toHaveLength(1)
  })

  test('is skipped while somebody imports the same, and refused with the reason when the export has not what it takes', async () => {
    const { sessionId } = await start(['catalog'], source)
    const id = await dueSince('10 seconds')
    expect(await runDueSchedules()).toMatchObject([{ outcome: 'skipped', sessionId }])

    await updateSchedule(id, input({ types: ['customers'] }), null)
    await query(`update schedules set next_due_at = now()`)
    expect(await runDueSchedules()).toMatchObject([{ outcome: 'refused', reason: 'files_missing' }])
    expect(await query(`select details from schedule_runs where outcome = 'refused'`)).toEqual([
      { details: { kinds: ['customers'] } },
    ])
  })
})

describe('while no worker was there', () => {
  test('what is too old is recorded as missed and not made', async () => {
    const id = await dueSince('16 minutes')
    expect(await runDueSchedules()).toMatchObject([{ scheduleId: id, outcome: 'missed' }])
    expect(await query(`select id from import_sessions`)).toEqual([])
    expect((await getSchedule(id))?.nextDueAt?.getTime()).toBeGreaterThan(Date.now())
  })

  test('of several that came due only the last is made', async () => {
    const id = await dueSince('40 minutes', { cron: '*/10 * * * *' })
    const made = await runDueSchedules()
    expect(made.map(({ outcome }) => outcome)).toEqual(
      ['missed', 'missed', 'missed', 'missed', 'started'].slice(-made.length),
    )
    expect(made.length).toBeGreaterThanOrEqual(4)
    expect((await listRuns(id, 10)).map(({ outcome }) => outcome)[0]).toBe('started')
  })

  test('each night is recorded once, also those in which the clocks change', async () => {
    const id = await createSchedule(input({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' }), null)
    await query(`update schedules set next_due_at = '2024-03-30T01:30Z'`)
    await runDueSchedules()

    const nights = await query<{ day: string; runs: number }>(
      `select (due_at at time zone 'Europe/Berlin')::date::text as day, count(*)::int as runs from schedule_runs
       where schedule_id = $1 and due_at between '2024-03-30' and '2024-10-29' group by 1 order by 1`,
      [id],
    )
    expect(nights).toHaveLength(213)
    expect(nights.filter(({ runs }) => runs !== 1)).toEqual([])
    expect(
      await query(`select to_char(due_at at time zone 'Europe/Berlin', 'DD.MM HH24:MI') as at from schedule_runs
        where due_at::date in ('2024-03-31', '2024-10-27') order by due_at`),
    ).toEqual([{ at: '31.03 03:00' }, { at: '27.10 02:30' }])
  })
})

test('one that is off or deleted is not run, and changes are recorded with who made them', async () => {
  await query(`insert into users (id, email, password_hash, role) values (71, 'op@example.org', '', 'OPERATOR')
    on conflict do nothing`)
  const actor = { id: 71, email: 'op@example.org' }
  const id = await createSchedule(input(), actor)
  await switchSchedule(id, false, actor)
  await switchSchedule(id, false, actor)
  expect((await getSchedule(id))?.nextDueAt).toBeNull()
  await switchSchedule(id, true, actor)
  await query(`update schedules set next_due_at = now() - interval '1 minute'`)
  // A new name leaves what is due in this moment alone; a new time does not make up for the past.
  await updateSchedule(id, input({ name: 'Каждую ночь' }), actor)
  expect((await getSchedule(id))?.nextDueAt?.getTime()).toBeLessThan(Date.now())
  await updateSchedule(id, input({ cron: '0 4 * * *' }), actor)
  expect(await runDueSchedules()).toEqual([])
  await deleteSchedule(id, actor)
  expect(await deleteSchedule(id, actor)).toBe(false)
  expect(await listSchedules()).toEqual([])

  const entries = await query(
    `select action, actor from audit_log where action like 'schedule.%' and subject = $1 and actor_id = $2 order by id`,
    [String(id), actor.id],
  )
  const actions = ['created', 'switched_off', 'switched_on', 'updated', 'updated', 'deleted']
  expect(entries).toEqual(actions.map((action) => ({ action: `schedule.${action}`, actor: actor.email })))
})
