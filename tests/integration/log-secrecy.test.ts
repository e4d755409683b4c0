import { beforeEach, expect, test } from 'vitest'
import { customer, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

// What stands in the export of one person, and must stand in no log.
const PERSON = {
  name: 'Ландышева Аграфена',
  fullName: 'Ландышева Аграфена Вениаминовна',
  inn: '500100732259',
  email: 'agrafena@example.org',
  phone: '+7 900 123-45-67',
}
const TRACES = /Ландышева|Аграфена|500100732259|agrafena|900 123-45-67/

test.each([
  // PostgreSQL shows the whole row in «detail».
  ['a check', 'alter table customers add constraint tested check (phone is null)'],
  // And quotes the value in the message.
  [
    'a quoted value',
    `create function tested() returns trigger language plpgsql as $$ begin perform new.full_name::int; return new; end $$;
     create trigger tested before insert on customers for each row execute function tested()`,
  ],
])('an import of customers that PostgreSQL refuses by %s leaves no trace of them in the log', async (_, obstacle) => {
  const source = temporaryDirectory()
  await writeExport(source, { customers: [customer({ id: 'c1', ...PERSON })] })
  await query(obstacle)
  try {
    const worker = await startWorker({ LOG_LEVEL: 'trace' })
    const { sessionId, jobId } = await start(['customers'], source)
    const failed = () =>
      worker.log.filter(({ msg }) => msg.includes(`[Task ${jobId}]`) && msg.includes('attempt failed'))
    await eventually(() => expect(failed()).toHaveLength(1))
    // graphile-worker's own line comes after ours; stopping lets every line out.
    await worker.stop()

    expect([...worker.log.map((line) => JSON.stringify(line)), ...worker.noise].join('\n')).not.toMatch(TRACES)
    expect(failed()[0]).toMatchObject({ err: { code: expect.stringMatching(/^2/), severity: 'ERROR' } })
    const { attempts, errorMessage } = await sessionOf(sessionId)
    expect(attempts[0]?.error).not.toMatch(TRACES)
    const [job] = await query(`select last_error from graphile_worker.jobs where id = $1`, [jobId])
    expect(job, 'what the queue keeps').toEqual({ last_error: errorMessage })
  } finally {
    await query('alter table customers drop constraint if exists tested')
    await query('drop trigger if exists tested on customers')
    await query('drop function if exists tested()')
  }
})
