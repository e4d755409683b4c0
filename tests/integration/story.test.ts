import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { claimSession } from '@/lib/imports/lifecycle'
import { eachLogLine } from '@/lib/imports/log-queries'
import { good, offer, price, priceType, warehouse, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, importNow, problemsOf, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { ProblemLog } from '@/worker/problem-log'
import { SessionLog } from '@/worker/session-log'

beforeEach(emptyDatabase)

const shop = {
  goods: [good({ id: 'g1' }), good({ id: 'g2' })],
  offers: [offer({ id: 'g1#1' })],
  priceTypes: [priceType({ id: 't' })],
  warehouses: [warehouse({ id: 'w' })],
  prices: [price({ offerId: 'g1#1', priceTypeId: 't' })],
}

async function exportOf(content: Parameters<typeof writeExport>[1]): Promise<string> {
  const source = temporaryDirectory()
  await writeExport(source, content)
  return source
}

const changesOf = (session: Awaited<ReturnType<typeof sessionOf>>) =>
  Object.fromEntries(session.steps.flatMap(({ kind, changes }) => (changes ? [[kind, changes]] : [])))

test('a session knows its files by size, date and SHA-256', async () => {
  const source = await exportOf(shop)
  const session = await importNow(['catalog'], source)
  expect(session.files.length).toBeGreaterThan(0)
  for (const { name, size, modifiedAt, sha256 } of session.files) {
    const file = path.join(source, name)
    const { size: found, mtime } = await stat(file)
    expect({ size, modifiedAt, sha256 }).toEqual({
      size: found,
      modifiedAt: mtime,
      sha256: createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    })
  }
})

test('each step names some of what it created, updated and switched off, in a dry run as well', async () => {
  const source = await exportOf(shop)
  const expected = {
    price_types: { created: ['t'] },
    warehouses: { created: ['w'] },
    goods: { created: ['g1', 'g2'] },
    offers: { created: ['g1#1'] },
    prices: { created: ['g1#1'] },
  }
  expect(changesOf(await importNow(['catalog'], source, { dryRun: true }))).toMatchObject(expected)
  expect(changesOf(await importNow(['catalog'], source))).toMatchObject(expected)
  expect(changesOf(await importNow(['catalog'], source))).toEqual({})

  const later = await exportOf({
    ...shop,
    delta: false,
    goods: [good({ id: 'g1', name: 'Другое имя' }), good({ id: 'g3' })],
  })
  const session = await importNow(['catalog'], later, { allowMassDeactivation: true })
  expect(changesOf(session).goods).toEqual({ created: ['g3'], updated: ['g1'], deactivated: ['g2'] })
})

test('a session keeps its own log, to the end and with what went wrong, and gives all of it', async () => {
  const broken = temporaryDirectory()
  await writeExport(broken, { goods: [] })
  const { sessionId } = await start(['catalog'], await exportOf(shop))
  await query(`update import_sessions set source = $1`, [broken])
  await runDueJobs()
  const failed = await sessionOf(sessionId)
  expect(failed.log.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
    'info import started',
    'info export read',
    'error import failed',
  ])
  expect(failed.log.at(-1)?.message).toContain(failed.errorMessage)

  const session = await importNow(['catalog'], await exportOf(shop))
  expect(session.log.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['step goods started', 'step goods done', 'import ended: COMPLETED']),
  )
  const all: string[] = []
  for await (const { message } of eachLogLine(session.id)) all.push(message)
  expect(all).toEqual(session.log.map(({ message }) => message))
  expect(session.logTotal).toBe(all.length)
})

test('an error of the database is kept without the row it is about', async () => {
  const { sessionId } = await start(['catalog'], await exportOf(shop))
  const log = new SessionLog(sessionId, '[Task 1] ')
  log.logger.error(
    { err: Object.assign(new Error('duplicate key'), { detail: 'Key (name)=(Иванов)', code: '23505' }) },
    'x',
  )
  await log.close()
  const { log: lines } = await sessionOf(sessionId)
  expect(JSON.parse(lines[0]?.fields ?? '')).toMatchObject({ err: { message: 'duplicate key', code: '23505' } })
  expect(lines[0]?.fields).not.toContain('Иванов')
})

test('problems are there while the export is still being read, once, and only under the attempt that found them', async () => {
  const source = await exportOf(shop)
  const session = await start(['catalog'], source)
  const claim = await claimSession(session.sessionId, { id: session.jobId, attempt: 1, workerId: 'pool-1' })
  if (!claim) throw new Error('the claim is possible')
  const problem = {
    step: 'goods',
    severity: 'error',
    code: 'missing_id',
    file: 'import.xml',
    line: 3,
    externalId: null,
    field: null,
    sentence: { key: 'fileNotUsed' },
  } as const
  const problems = new ProblemLog()
  problems.add(problem)
  await problems.writeSoFar(claim)
  problems.add({ ...problem, line: 9 })
  await problems.writeSoFar(claim)
  await problems.writeSoFar(claim)
  expect(problems.countOf('goods', 'error')).toBe(2)
  expect(problemsOf(await sessionOf(session.sessionId))).toEqual(['error missing_id × 2'])
  expect((await sessionOf(session.sessionId)).problems[0]?.examples.map(({ line }) => line)).toEqual([3, 9])

  await query(`update import_sessions set attempt_token = gen_random_uuid()`)
  problems.add(problem)
  await problems.writeSoFar(claim)
  expect(problemsOf(await sessionOf(session.sessionId))).toEqual(['error missing_id × 2'])
})

test('an attempt tells how reading went, in a few points that end with all records', async () => {
  const session = await importNow(['catalog'], await exportOf(shop))
  const [attempt] = session.attempts
  const samples = attempt?.samples ?? []
  const times = samples.map(([at]) => at)
  expect(samples[0]?.[1], 'from where reading begins, after whatever it waited for').toBe(0)
  expect(samples.at(-1)?.[1]).toBeGreaterThanOrEqual(7)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const took = Number(attempt?.finishedAt) - Number(attempt?.startedAt)
  expect(times.at(-1), 'counted from the beginning of the attempt').toBeLessThanOrEqual(took + 5)
})
