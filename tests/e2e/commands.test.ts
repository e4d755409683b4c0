import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { verifyPassword } from '@/lib/password'
import { good, price, priceType, writeExport } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { runCommand, startCommand } from '@/tests/setup/command'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, sessionOf } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const runImport = (...args: string[]) => runCommand('scripts/import.ts', args)
const runUser = (...args: string[]) => runCommand('scripts/user.ts', args)

describe('npm run import', () => {
  beforeEach(emptyDatabase)

  test('waits for the end, tells the way on stderr, and answers with one JSON object and code 0', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'g1' })],
      priceTypes: [priceType({ id: 'retail' })],
      prices: [price({ offerId: 'g1', priceTypeId: 'retail', value: '1 234,50' })],
    })
    await startWorker()

    const { code, stdout, stderr } = await runImport('--types', 'catalog', '--source', source, '--wait', '--json')

    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ sessionId: 1, status: 'COMPLETED', jobState: 'SUCCESS', errorMessage: null, source })
    expect(report.jobId).toMatch(/^\d+$/)
    const prices = report.steps.find(({ kind }: { kind: string }) => kind === 'prices')
    expect(prices).toMatchObject({ processed: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, errors: 0 })
    expect(stderr).toContain(`сессия 1, задача № ${report.jobId}`)
    expect(stderr).toContain('Сессия 1: завершено')
  })

  test('answers with code 1 and the reason when the import fails', async () => {
    const source = temporaryDirectory()
    await writeRaw(source, 'goods/goods.xml', '<КоммерческаяИнформация><Каталог><Товары><Товар>')
    await startWorker()

    const running = runImport('--types', 'catalog', '--source', source, '--wait', '--json')
    await eventually(async () => {
      const { status, jobId, jobState } = await sessionOf(1)
      if (jobState === 'RETRY') {
        await query('select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now())', [jobId])
      }
      expect(status).toBe('FAILED')
    })
    const { code, stdout, stderr } = await running

    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
    expect(JSON.parse(stdout).errorMessage).toContain('goods/goods.xml')
    expect(stderr).toContain('не удалась, следующая в')
  })

  test('says that no worker is there, and runs through once one comes', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g1' })] })
    const { said, ended } = startCommand('scripts/import.ts', ['--types', 'catalog', '--source', source, '--wait'])
    await eventually(() => expect(said.stderr).toContain('Нет работающего обработчика'))
    expect(await sessionOf(1)).toMatchObject({ jobState: 'PENDING' })
    await startWorker()

    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(stdout).toContain('Завершено.')
  })

  test('without --wait leaves once the import is started', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g1' })] })
    const { code, stdout } = await runImport('--types', 'catalog', '--source', source, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ sessionId: 1, status: 'STARTED', jobState: 'PENDING' })
  })

  test('is refused as the form is, in a Russian sentence and with code 1', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g1' })], prices: [price({ offerId: 'g1', priceTypeId: 'r' })] })

    const early = await runImport('--types', 'prices', '--source', source)
    expect(early).toMatchObject({ code: 1, stdout: '' })
    expect(early.stderr).toContain('Сначала импортируйте каталог')

    const nowhere = await runImport('--types', 'catalog', '--source', `${source}/nowhere`, '--json')
    expect(nowhere.code).toBe(1)
    expect(JSON.parse(nowhere.stdout)).toMatchObject({ refused: 'export_missing' })

    const lacking = await runImport('--types', 'stocks', '--source', source)
    expect(lacking.stderr).toContain('остатки')

    await runImport('--types', 'catalog', '--source', source)
    const second = await runImport('--types', 'catalog', '--source', source)
    expect(second.stderr).toContain('уже идёт: сессия 1')

    const unknown = await runImport('--types', 'everything', '--source', source)
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('Нет такого типа: everything')
    expect(await database().importSession.count()).toBe(1)
  })
})

describe('npm run user', () => {
  beforeEach(() => database().user.deleteMany())

  test('adds somebody with a password that it prints once and keeps as a hash', async () => {
    const { code, stdout } = await runUser('add', 'Op@Example.org', '--role', 'operator', '--name', 'Ольга')
    expect(code).toBe(0)
    const password = /Пароль: (\S+)/.exec(stdout)?.[1] ?? ''
    const user = await database().user.findUniqueOrThrow({ where: { email: 'op@example.org' } })
    expect(user).toMatchObject({ role: 'OPERATOR', name: 'Ольга', isActive: true })
    expect(await verifyPassword(password, user.passwordHash)).toBe(true)
  })

  test('adds nobody twice, and names what is wrong', async () => {
    await runUser('add', 'op@example.org', '--password', 'long enough')
    expect(await runUser('add', 'op@example.org')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('уже есть'),
    })
    expect(await runUser('add', 'not an address')).toMatchObject({ code: 1 })
    expect(await runUser('add', 'b@example.org', '--role', 'king')).toMatchObject({ code: 1 })
    expect(await runUser('disable', 'nobody@example.org')).toMatchObject({ code: 1 })
    expect(await database().user.count()).toBe(1)
  })

  test('closes and opens the access, and changes the password', async () => {
    await runUser('add', 'op@example.org', '--password', 'the first one')
    await runUser('disable', 'op@example.org')
    const disabled = await database().user.findUniqueOrThrow({ where: { email: 'op@example.org' } })
    expect(disabled.isActive).toBe(false)
    expect((await runUser('list')).stdout).toContain('отключён')

    await runUser('enable', 'op@example.org')
    await runUser('password', 'op@example.org', '--password', 'the second one')
    const changed = await database().user.findUniqueOrThrow({ where: { email: 'op@example.org' } })
    expect(changed.isActive).toBe(true)
    expect(await verifyPassword('the second one', changed.passwordHash)).toBe(true)
  })
})

test('npm run db:seed makes the first administrator and never changes one who exists', async () => {
  await database().user.deleteMany()
  const seed = (password: string) =>
    runCommand('prisma/seed.ts', [], { ADMIN_EMAIL: 'Admin@Example.org', ADMIN_PASSWORD: password })

  expect((await seed('the first password')).code).toBe(0)
  expect((await seed('another password')).code).toBe(0)

  const admin = await database().user.findUniqueOrThrow({ where: { email: 'admin@example.org' } })
  expect(admin.role).toBe('ADMIN')
  expect(await verifyPassword('the first password', admin.passwordHash)).toBe(true)
  expect((await runCommand('prisma/seed.ts', [], { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })).code).toBe(1)
})
