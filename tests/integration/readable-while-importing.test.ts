import pg from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { startImport } from '@/lib/imports/commands'
import { stepsOf } from '@/lib/imports/types'
import type { ImportType } from '@/prisma/client/enums'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const TYPES: ImportType[] = ['catalog', 'customers']

/** A connection that soon gives up waiting for a lock. */
async function impatient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, lock_timeout: 500 })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Lets no step end before it is released, and returns how: then it holds every lock that it takes. */
async function holdEveryStepAtItsEnd(): Promise<(kind: string) => Promise<void>> {
  await query(`create function wait_for_the_test() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(7, hashtext(new.kind::text)); return new; end $$`)
  await query(`create trigger wait_for_the_test before update on import_steps for each row
    when (new.status = 'COMPLETED') execute function wait_for_the_test()`)
  const holder = await impatient()
  for (const kind of stepsOf(TYPES)) await holder.query(`select pg_advisory_lock(7, hashtext($1))`, [kind])
  return async (kind) => {
    await holder.query(`select pg_advisory_unlock(7, hashtext($1))`, [kind])
  }
}

test('while a step is applied nobody who reads waits, and nobody who writes another row of any table', async () => {
  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 3, goods: 20, customers: 3, pictures: true }))
  const tables = (
    await query<{ name: string }>(`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`)
  ).map(({ name }) => name)
  const release = await holdEveryStepAtItsEnd()
  const somebody = await impatient()
  const { sessionId } = await start(TYPES, source)
  const running = runDueJobs()

  for (const kind of stepsOf(TYPES)) {
    await eventually(async () => {
      expect(await sessionOf(sessionId)).toMatchObject({ currentStep: kind })
      expect(
        await query(`select from pg_stat_activity where application_name = $1 and wait_event = 'advisory'`, [
          `obmen import ${sessionId}`,
        ]),
      ).toHaveLength(1)
    })
    for (const table of tables) await somebody.query(`select * from ${table} limit 1`)
    await somebody.query('begin')
    // What any insert, update or delete takes: of every table, also of those that the step has written to.
    await somebody.query(`lock table ${tables.join(', ')} in row exclusive mode`)
    await somebody.query(`insert into users (email, password_hash, role) values ($1, 'x', 'VIEWER')`, [`${kind}@x`])
    await somebody.query('commit')
    if (kind === 'prices')
      expect(await startImport({ types: ['stocks'], source, actor: null })).toMatchObject({ ok: true })
    await release(kind)
  }
  await running
  expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED' })
})
