import pg from 'pg'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ClaimLostError, claimSession, completeSession, failSession } from '@/lib/imports/lifecycle'
import { isAnyWorkerAlive } from '@/lib/imports/queries'
import { recordProgress } from '@/lib/imports/record-progress'
import { good, offer, price, priceType, warehouse, writeExport } from '@/tests/fixtures/export'
import { writePictures } from '@/tests/fixtures/pictures'
import { eventually } from '@/tests/setup/eventually'
import { catalogue, emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

const shop = {
  goods: [good({ id: 'g' })],
  offers: [offer({ id: 'g#1' })],
  priceTypes: [priceType({ id: 't' })],
  warehouses: [warehouse({ id: 'w' })],
  prices: [price({ offerId: 'g#1', priceTypeId: 't' })],
}

/** An import stops at this table until the returned function is called: somebody else holds it. */
async function hold(table: string, mode = 'exclusive'): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query(`begin`)
  await client.query(`lock table ${table} in ${mode} mode`)
  let held = true
  const release = async () => {
    if (!held) return
    held = false
    await client.end()
  }
  onTestFinished(release)
  return release
}

const stepRuns = (sessionId: number, kind: string) =>
  eventually(async () => expect((await sessionOf(sessionId)).currentStep).toBe(kind))

describe('the worker process', () => {
  test('runs what was started while none was there, and says of every line which job it is', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const { sessionId, jobId } = await start(['catalog', 'variants', 'prices'], source)
    expect(await isAnyWorkerAlive()).toBe(false)
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'STARTED', jobState: 'PENDING' })

    const worker = await startWorker({ LOG_LEVEL: 'debug' })
    await eventually(async () =>
      expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED', jobState: 'SUCCESS' }),
    )

    expect(await isAnyWorkerAlive()).toBe(true)
    const lines = worker.log.filter(({ session }) => session === sessionId)
    expect(lines.every(({ msg }) => msg.startsWith(`[Task ${jobId}] `))).toBe(true)
    expect(lines[0]?.msg).toContain('import started: catalog')
    expect(lines.filter(({ step }) => step === 'goods').map(({ msg, created }) => [msg, created])).toEqual([
      [`[Task ${jobId}] step goods started`, undefined],
      [`[Task ${jobId}] step goods done`, 1],
    ])
    // Each file once, however many types and steps need it.
    const read = lines.filter(({ msg }) => msg.endsWith('file read')).map(({ file }) => file)
    expect(read.toSorted()).toEqual([
      'goods/goods.xml',
      'offers/offers.xml',
      'priceLists/priceLists.xml',
      'prices/prices.xml',
      'storages/storages.xml',
    ])
    expect(lines.at(-1)?.msg).toContain('import ended: COMPLETED')
    expect(worker.noise).toEqual([])
    expect(await worker.stop()).toBe(0)
    expect(await isAnyWorkerAlive()).toBe(false)
  })

  test('stopped in the middle of a step hands the session back, without costing it an attempt, and the next one finishes it', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const release = await hold('product_variants')
    const { sessionId } = await start(['catalog'], source)
    const first = await startWorker()
    await stepRuns(sessionId, 'goods')
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'IN_PROGRESS', jobState: 'STARTED', attempt: 1 })

    expect(await first.stop('SIGTERM')).toBe(0)

    const waiting = await sessionOf(sessionId)
    expect(waiting).toMatchObject({ status: 'STARTED', jobState: 'PENDING', errorMessage: null })
    // It may try four times yet, as at first.
    expect(waiting).toMatchObject({ attempt: 1, maxAttempts: 5 })
    expect(waiting.attempts[0]?.error).toContain('возвращена в очередь')
    expect((await catalogue()).products).toEqual([])

    await release()
    await startWorker()
    await eventually(async () => expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED', attempt: 2 }))
    expect(await query(`select onec_id from product_variants`)).toEqual([{ onec_id: 'g#1' }])
  })

  test('runs one import at a time, in the order they were started', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const release = await hold('products')
    const first = await start(['catalog'], source)
    await startWorker()
    await stepRuns(first.sessionId, 'goods')
    const second = await start(['catalog', 'prices'], source)
    await release()

    await eventually(async () => expect(await sessionOf(second.sessionId)).toMatchObject({ status: 'COMPLETED' }))
    const [a, b] = await Promise.all([sessionOf(first.sessionId), sessionOf(second.sessionId)])
    expect(b.startedAt?.getTime()).toBeGreaterThanOrEqual(a.finishedAt?.getTime() ?? Number.POSITIVE_INFINITY)
  })
})

const NO_PROGRESS = {
  bytesTotal: 2,
  bytesRead: 1,
  currentFile: null,
  fileNumber: null,
  filesTotal: 1,
  rowsDone: 0,
  recordsPerSecond: null,
  secondsLeft: null,
}

describe('an attempt that lost its claim', () => {
  test('can neither report nor settle', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const { sessionId, jobId } = await start(['catalog'], source)
    const job = { id: jobId, attempt: 1, workerId: 'pool-1' }
    const lost = await claimSession(sessionId, job)
    const valid = await claimSession(sessionId, { ...job, attempt: 2 })
    if (!lost || !valid) throw new Error('both claims are possible')

    await expect(recordProgress(lost, { ...NO_PROGRESS, share: 0.5 }, false)).rejects.toThrow(ClaimLostError)
    await recordProgress(valid, { ...NO_PROGRESS, share: 0.5 }, true)
    await recordProgress(valid, { ...NO_PROGRESS, share: 0.25 }, false)
    expect(await sessionOf(sessionId), 'progress does not go back').toMatchObject({ progress: 0.5 })
    await expect(completeSession(lost)).rejects.toThrow(ClaimLostError)
    await failSession(valid, { key: 'fileNotUsed' })
    await expect(completeSession(valid)).rejects.toThrow(ClaimLostError)
    expect(await claimSession(sessionId, job)).toBeNull()
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'FAILED', errorSentence: { key: 'fileNotUsed' } })
  })

  test('ends soon, also where it writes nothing that would tell: while it looks for pictures', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g', pictures: ['a.jpg'] })] })
    await writePictures(source, { 'a.jpg': 'red' })
    const release = await hold('product_images', 'access exclusive')
    const { sessionId } = await start(['catalog', 'images'], source)
    const running = runDueJobs()
    await eventually(async () =>
      expect(
        await query(`select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`, [
          `obmen import ${sessionId}`,
        ]),
      ).toHaveLength(1),
    )
    await query(`update import_sessions set attempt_token = gen_random_uuid() where id = $1`, [sessionId])
    // The table is still held.
    await running
    await release()
    expect((await catalogue()).products).toEqual([])
  })

  test('rolls back the step it is in', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop)
    const release = await hold('warehouses')
    const { sessionId } = await start(['catalog'], source)
    const running = runDueJobs()
    await stepRuns(sessionId, 'warehouses')
    await query(`update import_sessions set attempt_token = gen_random_uuid() where id = $1`, [sessionId])
    await release()
    await running

    expect(await query(`select * from warehouses`)).toEqual([])
    expect((await sessionOf(sessionId)).steps.find(({ kind }) => kind === 'warehouses')).toMatchObject({
      created: 0,
      status: 'RUNNING',
    })
  })
})
