import pg from 'pg'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { cancelSession, settleOverdueCancels } from '@/lib/imports/cancel'
import { deleteSession, retryNow } from '@/lib/imports/control'
import { claimSession, completeSession, endCancelled, failSession, recordFailedAttempt } from '@/lib/imports/lifecycle'
import { repeatSession } from '@/lib/imports/repeat'
import { movesTo, SESSION_STATUSES } from '@/lib/imports/status'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { good, offer, price, priceType, warehouse, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { holdTable } from '@/tests/setup/hold-table'
import { emptyDatabase, importNow, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

let actor: { id: number; email: string }

beforeEach(async () => {
  await emptyDatabase()
  const [user] = await query<{ id: number }>(
    `insert into users (email, password_hash, role) values ('op@example.org', '', 'OPERATOR')
     on conflict (email) do update set role = excluded.role returning id`,
  )
  actor = { id: user?.id ?? 0, email: 'op@example.org' }
})

const shop = {
  goods: [good({ id: 'g' })],
  offers: [offer({ id: 'g#1' })],
  priceTypes: [priceType({ id: 't' })],
  warehouses: [warehouse({ id: 'w' })],
  prices: [price({ offerId: 'g#1', priceTypeId: 't' })],
}

async function shopExport(): Promise<string> {
  const source = temporaryDirectory()
  await writeExport(source, shop)
  return source
}

const jobs = () => query<{ id: string; attempts: number }>(`select id::text, attempts::int from graphile_worker.jobs`)
const audited = async () =>
  (
    await query<{ line: string }>(
      `select concat_ws(' ', action, subject, actor) as line from audit_log where action <> 'import.started' order by id`,
    )
  ).map(({ line }) => line)
const audit = async <T>(work: () => Promise<T>) => {
  const before = (await audited()).length
  const result = await work()
  return { result, entries: (await audited()).slice(before) }
}

/** What web processes are told from now on, as they are; grows. */
async function listenToImports(): Promise<unknown[]> {
  const told: unknown[] = []
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  onTestFinished(() => client.end())
  client.on('notification', ({ payload }) => told.push(JSON.parse(payload ?? 'null')))
  await client.query('listen imports')
  return told
}

/** A claim as a worker makes it; the worker itself is not there unless `worker` says so. */
async function claim(session: { sessionId: number; jobId: string }, attempt = 1) {
  const claimed = await claimSession(session.sessionId, { id: session.jobId, attempt, workerId: 'pool-1' })
  if (!claimed) throw new Error('the claim is possible')
  return claimed
}

/** Lets the job of a session wait for its next attempt. */
async function waitForRetry(session: { sessionId: number; jobId: string }, attempts = 1) {
  await recordFailedAttempt(await claim(session, attempts), { key: 'xml.cutOff' })
  await query(
    `update graphile_worker._private_jobs set attempts = $2, run_at = now() + interval '1 hour', last_error = 'x' where id = $1`,
    [session.jobId, attempts],
  )
}

test('the database refuses every move of a session that the table of moves does not have', async () => {
  const { sessionId } = await start(['catalog'], await shopExport())
  const legal: string[] = []
  for (const from of SESSION_STATUSES) {
    for (const to of SESSION_STATUSES) {
      await query(`alter table import_sessions disable trigger import_sessions_legal_moves`)
      const settled = (status: string) => !['STARTED', 'IN_PROGRESS'].includes(status)
      await query(`update import_sessions set status = $1::session_status, finished_at = $2 where id = $3`, [
        from,
        settled(from) ? new Date() : null,
        sessionId,
      ])
      await query(`alter table import_sessions enable trigger import_sessions_legal_moves`)
      const moved = await query(
        `update import_sessions set status = $1::session_status, finished_at = $2 where id = $3`,
        [to, settled(to) ? new Date() : null, sessionId],
      ).then(
        () => true,
        (error: Error) => {
          expect(error.message).toContain('cannot move')
          return false
        },
      )
      if (moved) legal.push(`${from} → ${to}`)
    }
  }
  const table = SESSION_STATUSES.flatMap((to) => movesTo(to).map((from) => `${from} → ${to}`))
  expect(legal.sort()).toEqual(table.sort())
})

describe('cancelling', () => {
  test('a queued session: it never runs, and who cancelled it is recorded', async () => {
    const session = await start(['catalog'], await shopExport())
    const { result, entries } = await audit(() =>
      Promise.all([cancelSession(session.sessionId, actor), cancelSession(session.sessionId, actor)]),
    )
    expect(result).toEqual([
      { ok: true, outcome: 'cancelled' },
      { ok: true, outcome: 'cancelled' },
    ])
    expect(entries).toEqual([`import.cancelled ${session.sessionId} op@example.org`])
    expect(await jobs()).toEqual([])
    await runDueJobs()
    expect(await sessionOf(session.sessionId)).toMatchObject({
      status: 'CANCELLED',
      startedAt: null,
      attempts: [],
      cancelledBy: 'op@example.org',
      cancelRequestedAt: expect.any(Date),
    })
  })

  test('a session that waits for a retry', async () => {
    const session = await start(['catalog'], await shopExport())
    await waitForRetry(session)
    expect((await sessionOf(session.sessionId)).jobState).toBe('RETRY')
    expect(await cancelSession(session.sessionId, actor)).toEqual({ ok: true, outcome: 'cancelled' })
    expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'CANCELLED', errorMessage: 'файл обрывается' })
    expect(await jobs()).toEqual([])
  })

  test('a session whose worker is gone: at once, and the attempt can write nothing more', async () => {
    const session = await start(['catalog'], await shopExport())
    const lost = await claim(session)
    await query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-1', attempts = 1`)
    // It was heard of a moment ago, but holds no lock any more: killed.
    await query(`insert into workers (id, host, pid) values ('pool-1', '', 1)`)
    expect(await cancelSession(session.sessionId, actor)).toEqual({ ok: true, outcome: 'cancelled' })
    await expect(completeSession(lost)).rejects.toThrow('')
    expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'CANCELLED' })
    expect((await sessionOf(session.sessionId)).attempts[0]).toMatchObject({
      error: 'Отменено оператором.',
      finishedAt: expect.any(Date),
    })
  })

  test('a running session: it ends, the step under way is not applied, those before it are', async () => {
    const worker = await startWorker()
    const release = await holdTable('products')
    const { sessionId, jobId } = await start(['catalog'], await shopExport())
    await eventually(async () => expect((await sessionOf(sessionId)).currentStep).toBe('goods'))

    // The step waits for a lock in the middle of its statement.
    expect(await cancelSession(sessionId, actor)).toEqual({ ok: true, outcome: 'requested' })
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'IN_PROGRESS', cancelRequestedAt: expect.any(Date) })
    expect(await cancelSession(sessionId, null)).toMatchObject({ ok: true })
    await eventually(async () => expect((await sessionOf(sessionId)).status).toBe('CANCELLED'))
    await release()

    const session = await sessionOf(sessionId)
    expect(session).toMatchObject({ cancelledBy: 'op@example.org', jobState: 'CANCELLED', errorMessage: null })
    const [took] = await query<{ ms: number }>(
      `select extract(epoch from finished_at - cancel_requested_at) * 1000 as ms from import_sessions where id = $1`,
      [sessionId],
    )
    expect(Number(took?.ms)).toBeLessThan(5000)
    expect(session.steps.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'groups COMPLETED',
      'properties COMPLETED',
      'price_types COMPLETED',
      'warehouses COMPLETED',
      'goods FAILED',
      'offers PENDING',
      'prices PENDING',
      'stock PENDING',
      'images PENDING',
    ])
    expect(await query(`select onec_id from warehouses`)).toEqual([{ onec_id: 'w' }])
    expect(await query(`select * from products`)).toEqual([])
    await eventually(async () => expect(await jobs()).toEqual([]))
    const lines = worker.log.filter(({ session: id }) => id === sessionId)
    expect(lines.at(-1)?.msg).toBe(`[Task ${jobId}] import ended: CANCELLED by an operator`)
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([])

    // The queue is free for the next.
    const next = await start(['catalog'], session.source)
    await eventually(async () => expect((await sessionOf(next.sessionId)).status).toBe('COMPLETED'))
  })

  test('a session whose export is being read: nothing of it is applied', async () => {
    const source = temporaryDirectory()
    await writeSample(source, generateExport({ seed: 1, goods: 4000 }))
    const worker = await startWorker()
    const { sessionId } = await start(['catalog'], source)
    await eventually(async () => expect((await sessionOf(sessionId)).currentFile).not.toBeNull())
    // It stands still in the middle of a file, and goes on when it has been asked to end.
    process.kill(worker.pid, 'SIGSTOP')
    expect(await cancelSession(sessionId, actor)).toEqual({ ok: true, outcome: 'requested' })
    process.kill(worker.pid, 'SIGCONT')
    await eventually(async () => expect((await sessionOf(sessionId)).status).toBe('CANCELLED'))
    expect((await sessionOf(sessionId)).steps.filter(({ status }) => status !== 'PENDING')).toEqual([])
    expect(await query(`select from categories`)).toEqual([])
    await eventually(async () => expect(await jobs()).toEqual([]))
  })

  test('is overdue when its worker does not answer: any other settles it', async () => {
    const session = await start(['catalog'], await shopExport())
    const frozen = await claim(session)
    await query(`update import_sessions set cancel_requested_at = now() - interval '11 seconds'`)
    expect(await settleOverdueCancels()).toEqual([session.sessionId])
    expect(await settleOverdueCancels()).toEqual([])
    await expect(endCancelled(frozen)).rejects.toThrow('')
    expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'CANCELLED' })
  })

  test('that was asked for wins over failing, completing and being claimed again', async () => {
    const source = await shopExport()
    const ends = [
      failSession,
      recordFailedAttempt,
      (claimed: Parameters<typeof failSession>[0]) => completeSession(claimed),
    ]
    for (const end of ends) {
      const session = await start(['catalog'], source)
      const claimed = await claim(session)
      await query(`update import_sessions set cancel_requested_at = now() where id = $1`, [session.sessionId])
      expect(await claimSession(session.sessionId, { id: session.jobId, attempt: 2, workerId: 'pool-2' })).toBeNull()
      await end(claimed, { key: 'job.unknownReason' })
      expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'CANCELLED', errorMessage: null })
    }
  })

  test('comes too late for a settled session, and for one that is gone', async () => {
    const session = await importNow(['catalog'], await shopExport())
    expect(await cancelSession(session.id, actor)).toEqual({ ok: false, reason: 'settled' })
    expect(await cancelSession(session.id + 1, actor)).toEqual({ ok: false, reason: 'gone' })
    expect(await sessionOf(session.id)).toMatchObject({ status: 'COMPLETED', cancelRequestedAt: null })
  })

  test('against starting and finishing ends in one legal outcome, whichever is first', async () => {
    const source = await shopExport()
    const outcomes = new Set<string>()
    for (const done of [0, 1, 3, 6, 8, 9, 'settled'] as const) {
      const { sessionId } = await start(['catalog'], source)
      const running = runDueJobs()
      // At a different moment of the import each time: before its claim, in a step, after its end.
      await eventually(async () => {
        const { status, steps } = await sessionOf(sessionId)
        if (done === 'settled') expect(status).toBe('COMPLETED')
        else expect(steps.filter((step) => step.status === 'COMPLETED').length).toBeGreaterThanOrEqual(done)
      })
      const result = await cancelSession(sessionId, actor)
      await running
      const session = await sessionOf(sessionId)
      outcomes.add(session.status)
      expect(session.status).toBe(result.ok ? 'CANCELLED' : 'COMPLETED')
      expect(session.finishedAt).not.toBeNull()
      expect(session.attempts.every(({ finishedAt }) => finishedAt !== null)).toBe(true)
      // Nothing is left that would run it again but a job that finds nothing to do.
      await query(`update graphile_worker._private_jobs set run_at = now()`)
      await runDueJobs()
      expect((await sessionOf(sessionId)).status).toBe(session.status)
      expect(await jobs()).toEqual([])
    }
    expect([...outcomes].sort()).toEqual(['CANCELLED', 'COMPLETED'])
  })
})

describe('retrying now', () => {
  test('makes the next attempt at once, however often it is asked for', async () => {
    const session = await start(['catalog'], await shopExport())
    await waitForRetry(session)
    const told = await listenToImports()
    const { result, entries } = await audit(() =>
      Promise.all([retryNow(session.sessionId, actor), retryNow(session.sessionId, actor)]),
    )
    expect(result.map((one) => one.ok && one.outcome).sort()).toEqual(['due', 'retried'])
    expect(entries).toEqual([`import.retried_now ${session.sessionId} op@example.org`])
    await eventually(() => expect(told).toEqual([{ kind: 'job', session: session.sessionId }]))
    await runDueJobs()
    expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'COMPLETED', attempt: 2 })
    expect(await retryNow(session.sessionId, actor)).toEqual({ ok: false, reason: 'not_waiting' })
  })

  test('does nothing to a session that has not been tried, or was cancelled at the same time', async () => {
    const source = await shopExport()
    const queued = await start(['catalog'], source)
    expect(await retryNow(queued.sessionId, actor)).toEqual({ ok: false, reason: 'not_waiting' })
    await waitForRetry(queued)
    await Promise.all([retryNow(queued.sessionId, actor), cancelSession(queued.sessionId, actor)])
    expect(await sessionOf(queued.sessionId)).toMatchObject({ status: 'CANCELLED' })
    expect(await jobs()).toEqual([])
  })
})

describe('repeating', () => {
  test('starts the same once more, linked to its origin; two at once start one', async () => {
    const origin = await importNow(['catalog'], await shopExport(), { allowMassDeactivation: true })
    const { result, entries } = await audit(() =>
      Promise.all([repeatSession(origin.id, 'all', actor), repeatSession(origin.id, 'all', actor)]),
    )
    const started = result.filter((one) => one.ok)
    const refused = result.filter((one) => !one.ok)
    const id = started[0]?.ok ? started[0].sessionId : 0
    expect(started).toHaveLength(1)
    expect(refused).toEqual([{ ok: false, reason: 'already_active', sessionId: id }])
    expect(entries).toEqual([`import.repeated ${id} op@example.org`])
    await runDueJobs()
    expect(await sessionOf(id)).toMatchObject({
      status: 'COMPLETED',
      origin: origin.id,
      source: origin.source,
      types: ['catalog'],
      allowMassDeactivation: true,
      startedBy: 'op@example.org',
    })
    expect((await sessionOf(origin.id)).repeats).toEqual([id])
  })

  test('the failed steps: those that did not complete, and those with errors', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { ...shop, goods: [good({ id: 'g' }), good({ id: 'h' }), good({ id: '' })] })
    const origin = await importNow(['catalog'], source)
    expect(origin.status).toBe('COMPLETED_WITH_ERRORS')
    await writeExport(source, shop)
    const result = await repeatSession(origin.id, 'failed', actor)
    if (!result.ok) throw new Error(result.reason)
    await runDueJobs()
    const repeat = await sessionOf(result.sessionId)
    expect(repeat.steps.map(({ kind, status }) => [kind, status])).toEqual([['goods', 'COMPLETED']])
    expect(repeat.status).toBe('COMPLETED')
    expect(await repeatSession(repeat.id, 'failed', actor)).toEqual({ ok: false, reason: 'nothing_failed' })
  })

  test('is refused while the session is active, and when its export is gone', async () => {
    const active = await start(['catalog'], await shopExport())
    expect(await repeatSession(active.sessionId, 'all', actor)).toEqual({ ok: false, reason: 'active' })
    await query(`update import_sessions set source = '/nowhere'`)
    await cancelSession(active.sessionId, actor)
    expect(await repeatSession(active.sessionId, 'all', actor)).toMatchObject({ ok: false, reason: 'export_missing' })
  })
})

describe('deleting', () => {
  test('takes a settled session with all of its report, never an active one, and leaves the catalogue', async () => {
    const origin = await importNow(['catalog'], await shopExport())
    const repeat = await repeatSession(origin.id, 'all', actor)
    if (!repeat.ok) throw new Error(repeat.reason)
    expect(await deleteSession(repeat.sessionId, actor)).toEqual({ ok: false, reason: 'active' })
    const { result, entries } = await audit(() =>
      Promise.all([deleteSession(origin.id, actor), deleteSession(origin.id, actor)]),
    )
    expect(result.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(entries).toEqual([`import.deleted ${origin.id} op@example.org`])
    expect((await sessionOf(repeat.sessionId)).origin).toBeNull()
    expect(await query(`select from import_steps where session_id = $1`, [origin.id])).toEqual([])
    expect(await query(`select from products`)).toHaveLength(1)
  })

  test('against repeating: the repeat exists or was refused, and refers to nothing that is gone', async () => {
    for (let i = 0; i < 5; i++) {
      const origin = await importNow(['catalog'], await shopExport())
      const [repeat, removed] = await Promise.all([
        repeatSession(origin.id, 'all', actor),
        deleteSession(origin.id, actor),
      ])
      expect(removed).toEqual({ ok: true })
      if (repeat.ok) expect(await sessionOf(repeat.sessionId)).toMatchObject({ status: 'STARTED', origin: null })
      else expect(repeat).toEqual({ ok: false, reason: 'gone' })
      await runDueJobs()
    }
  })

  test('against a retry: an active session stays, and its next attempt runs', async () => {
    const session = await start(['catalog'], await shopExport())
    await waitForRetry(session)
    const [retried, removed] = await Promise.all([
      retryNow(session.sessionId, actor),
      deleteSession(session.sessionId, actor),
    ])
    expect([retried, removed]).toEqual([
      { ok: true, outcome: 'retried' },
      { ok: false, reason: 'active' },
    ])
    await runDueJobs()
    expect(await sessionOf(session.sessionId)).toMatchObject({ status: 'COMPLETED' })
  })
})

test('a queued session knows its place, whom it follows, and whether anybody works', async () => {
  const source = await shopExport()
  const [a, b, c] = [
    await start(['catalog'], source),
    await start(['catalog', 'prices'], source),
    await start(['catalog', 'variants'], source),
  ]
  await query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-1', attempts = 1 where id = $1`,
    [a.jobId],
  )
  expect((await sessionOf(a.sessionId)).waiting).toBeNull()
  expect((await sessionOf(b.sessionId)).waiting).toEqual({ place: 1, before: a.sessionId, workerAlive: false })
  await query(`insert into workers (id, host, pid) values ('pool-1', '', 1)`)
  expect((await sessionOf(c.sessionId)).waiting).toEqual({ place: 2, before: b.sessionId, workerAlive: true })
})
