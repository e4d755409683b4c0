import { beforeEach, describe, expect, test } from 'vitest'
import { startImport } from '@/lib/imports/commands'
import { listSessions } from '@/lib/imports/queries'
import { good, price, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, importNow, query, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const shop = { goods: [good({ id: 'g' })], prices: [price({ offerId: 'g', priceTypeId: 't' })] }

describe('starting an import', () => {
  test('makes the session and its job in one transaction, and the session knows the job', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const { sessionId, jobId } = await start(['prices', 'catalog'], source)

    expect(await query(`select id::text, queue_name, task_identifier, max_attempts from graphile_worker.jobs`)).toEqual(
      [{ id: jobId, queue_name: 'imports', task_identifier: 'run_import', max_attempts: 4 }],
    )
    expect(await query(`select id, types::text, status, job_id::text from import_sessions`)).toEqual([
      { id: sessionId, types: '{catalog,prices}', status: 'STARTED', job_id: jobId },
    ])
    const { sessions } = await listSessions({})
    expect(sessions).toMatchObject([{ id: sessionId, jobState: 'PENDING', jobId, progress: 0, stepsTotal: 9 }])
  })

  test('is recorded in the audit log, whose entries nobody can change', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const result = await startImport({ types: ['catalog'], source, actor: { id: 7, email: 'who@example.org' } }).catch(
      (error) => error,
    )
    // A user of that id does not exist: neither session nor entry.
    expect(result).toBeInstanceOf(Error)
    const { sessionId } = await start(['catalog'], source)
    const entries = `select actor, action, details from audit_log where subject = '${sessionId}'`
    expect(await query(entries)).toEqual([
      { actor: null, action: 'import.started', details: { types: ['catalog'], dryRun: false } },
    ])
    await expect(query(`update audit_log set action = 'forged'`)).rejects.toThrow('append-only')
    await expect(query(`delete from audit_log`)).rejects.toThrow('append-only')
  })

  test('leaves neither session nor job when the job cannot be added', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    await query(`alter table graphile_worker._private_jobs add constraint closed check (max_attempts <> 4) not valid`)
    try {
      await expect(startImport({ types: ['catalog'], source, actor: null })).rejects.toThrow()
    } finally {
      await query(`alter table graphile_worker._private_jobs drop constraint closed`)
    }
    expect(await query(`select id from import_sessions`)).toEqual([])
    expect(await query(`select id from graphile_worker.jobs`)).toEqual([])
  })

  test('of the same types over the same export, fifty at once, make one session, and 49 refusals that name it', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const results = await Promise.all(
      Array.from({ length: 50 }, () => startImport({ types: ['catalog'], source, actor: null })),
    )

    const [{ sessionId } = { sessionId: 0 }] = results.flatMap((result) => (result.ok ? [result] : []))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 49 }, () => ({ ok: false, reason: 'already_active', sessionId })),
    )
    expect(await query(`select count(*)::int as jobs from graphile_worker.jobs`)).toEqual([{ jobs: 1 }])
  })

  test('of other types queues up behind the active one', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    await importNow(['catalog'], source)
    await start(['catalog'], source)
    expect(await startImport({ types: ['prices'], source, actor: null })).toMatchObject({ ok: true })
  })

  test('is refused with the reason when something is missing', async () => {
    const source = temporaryDirectory()
    const refusal = (types: Parameters<typeof startImport>[0]['types'], from = source) =>
      startImport({ types, source: from, actor: null })

    expect(await refusal([])).toEqual({ ok: false, reason: 'no_types' })
    expect(await refusal(['catalog'], `${source}/nowhere`)).toEqual({
      ok: false,
      reason: 'export_missing',
      source: `${source}/nowhere`,
    })
    expect(await refusal(['catalog', 'stocks'])).toEqual({
      ok: false,
      reason: 'files_missing',
      kinds: ['goods', 'stock'],
    })
    await writeExport(source, { prices: shop.prices })
    expect(await refusal(['prices'])).toEqual({ ok: false, reason: 'catalogue_empty' })
  })
})
