import { rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { good, price, priceType, writeExport, xmlDocument } from '@/tests/fixtures/export'
import { cutFile, writeRaw } from '@/tests/fixtures/files'
import { catalogue, emptyDatabase, importNow, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

/** Makes the waiting job due, and runs it. */
async function retryNow(jobId: string): Promise<void> {
  await query(`select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now())`, [jobId])
  await runDueJobs()
}

const shop = {
  goods: [good({ id: 'g1' }), good({ id: 'g2' })],
  priceTypes: [priceType({ id: 't' })],
  prices: [price({ offerId: 'g1', priceTypeId: 't' })],
}

describe('a goods file that was cut off', () => {
  test('is retried, then fails for good with file, line and what to do; the catalogue is untouched', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    await importNow(['catalog'], source)
    const before = await catalogue()
    await writeExport(source, { ...shop, goods: [good({ id: 'g1', name: 'Новое имя' }), good({ id: 'g3' })] })
    await cutFile(source, 'goods/goods.xml', 0.9)

    const { sessionId, jobId } = await start(['catalog'], source)
    for (const attempt of [1, 2, 3]) {
      if (attempt === 1) await runDueJobs()
      else await retryNow(jobId)
      const session = await sessionOf(sessionId)
      expect(session).toMatchObject({ status: 'IN_PROGRESS', jobState: 'RETRY', attempt, maxAttempts: 4 })
      expect(session.retryAt?.getTime()).toBeGreaterThan(Date.now())
      expect(session.errorMessage).toMatch(/goods\/goods\.xml.*строка \d+/s)
    }
    await retryNow(jobId)

    const session = await sessionOf(sessionId)
    expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE', attempt: 4 })
    expect(session.errorMessage).toMatch(/goods\/goods\.xml.*строка \d+, столбец \d+.*Выгрузите файл из 1С заново/s)
    expect(session.attempts).toHaveLength(4)
    expect(session.steps.every(({ status }) => status === 'PENDING')).toBe(true)
    expect(await catalogue()).toEqual(before)
  })

  test('that is mended between two attempts is imported by the next', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    await cutFile(source, 'goods/goods.xml')
    const { sessionId, jobId } = await start(['catalog'], source)
    await runDueJobs()
    expect(await sessionOf(sessionId)).toMatchObject({ jobState: 'RETRY' })

    await writeExport(source, shop)
    await retryNow(jobId)

    expect(await sessionOf(sessionId)).toMatchObject({
      status: 'COMPLETED',
      jobState: 'SUCCESS',
      errorMessage: null,
      attempt: 2,
    })
    expect(await query(`select onec_id from products order by 1`)).toEqual([{ onec_id: 'g1' }, { onec_id: 'g2' }])
  })
})

describe('a retry', () => {
  test('keeps the steps that are completed, with their reports and problems, and does the rest', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { ...shop, prices: [price({ offerId: 'unknown', priceTypeId: 't' })] })
    await query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'prices are closed'; end $$`,
    )
    await query(`create trigger refuse before insert on prices for each row execute function refuse()`)
    const { sessionId, jobId } = await start(['catalog'], source)
    await runDueJobs()
    const failed = await sessionOf(sessionId)
    expect(failed).toMatchObject({ jobState: 'RETRY', stepsDone: 6 })
    expect(failed.errorMessage).toContain(`[Task ${jobId}]`)
    expect(failed.steps.find(({ kind }) => kind === 'prices')).toMatchObject({ status: 'FAILED', created: 0 })
    const goodsDoneAt = failed.steps.find(({ kind }) => kind === 'goods')?.finishedAt
    await query(`drop trigger refuse on prices; drop function refuse`)

    await retryNow(jobId)

    const session = await sessionOf(sessionId)
    expect(session).toMatchObject({ status: 'COMPLETED', errorMessage: null })
    expect(session.steps.find(({ kind }) => kind === 'goods')).toMatchObject({ created: 2, finishedAt: goodsDoneAt })
    expect(session.problems).toMatchObject([{ step: 'prices', code: 'dangling_reference', count: 1 }])
  })
})

describe('green means green', () => {
  test('an export without a single good fails at once, saying so', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [] })
    await writeRaw(source, 'goods/goods.xml', xmlDocument('<Каталог><Товары><!-- <Товар> --></Товары></Каталог>'))
    const session = await importNow(['catalog'], source)

    expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
    expect(session.errorMessage).toContain('нет ни одного товара')
  })

  test('a file that cannot be opened fails the import by name', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    await symlink(path.join(source, 'nowhere.xml'), path.join(source, 'goods', 'goods_2.xml'))
    const { sessionId } = await start(['catalog'], source)
    await runDueJobs()
    const { jobState, errorMessage } = await sessionOf(sessionId)
    expect(jobState).toBe('RETRY')
    expect(errorMessage).toContain('goods/goods_2.xml не открывается')
  })

  test('an export that is gone when the job runs fails with its path', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const { sessionId } = await start(['catalog'], source)
    await rm(source, { recursive: true })
    await runDueJobs()
    const session = await sessionOf(sessionId)
    expect(session.jobState).toBe('RETRY')
    expect(session.errorMessage).toContain(source)
  })

  test.each([
    [
      'a document type',
      '<!DOCTYPE x [<!ENTITY a "b">]><КоммерческаяИнформация><Товары><Товар/></Товары></КоммерческаяИнформация>',
      'DTD',
    ],
    ['nesting without end', `<КоммерческаяИнформация>${'<Товар>'.repeat(200)}`, 'вложенность'],
    [
      'an unknown entity that is cut short in the middle of a character',
      `<КоммерческаяИнформация><Товары><Товар>&${'x'.repeat(19)}🏀;</Товар>`,
      'неизвестная сущность «&xxxxxxxxxxxxxxxxxxx\uFFFD;»',
    ],
    ['something else than XML', 'PK\u0003\u0004 <Товар> это не xml', 'это не XML'],
    [
      'CommerceML 1',
      '<КоммерческаяИнформация><Каталог Идентификатор="x"><Товар Идентификатор="y"/></Каталог></КоммерческаяИнформация>',
      'CommerceML 1.x не поддерживается',
    ],
    [
      'bytes that are no UTF-8, in a document in UTF-8',
      Buffer.concat([
        Buffer.from('<КоммерческаяИнформация><Каталог><Товары><Товар><Ид>a</Ид><Наименование>'),
        Buffer.from([0xff, 0xe0, 0xe1, 0xe2]),
        Buffer.from('</Наименование></Товар></Товары></Каталог></КоммерческаяИнформация>'),
      ]),
      'UTF-8',
    ],
  ])('a goods file with %s is refused by name', async (_what, text, why) => {
    const source = temporaryDirectory()
    await writeRaw(source, path.join('goods', 'goods.xml'), text)
    const { sessionId } = await start(['catalog'], source)
    await runDueJobs()
    const { errorMessage } = await sessionOf(sessionId)
    expect(errorMessage).toContain('goods/goods.xml')
    expect(errorMessage).toContain(why)
  })
})
