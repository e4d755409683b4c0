import { Logger, runOnce } from 'graphile-worker'
import pg from 'pg'
import { expect } from 'vitest'
import { type StartRequest, startImport } from '@/lib/imports/commands'
import { RUN_IMPORT } from '@/lib/imports/job'
import { getSession } from '@/lib/imports/queries'
import type { SessionDetails, StepReport } from '@/lib/imports/session'
import { SEND_NOTIFICATION } from '@/lib/notifications/job'
import type { ImportType, StepKind } from '@/prisma/client/enums'
import { runImport } from '@/worker/tasks/run-import'
import { sendNotification } from '@/worker/tasks/send-notification'

const connectionString = () => process.env.DATABASE_URL ?? ''

/** Rows of a query over the test's database. */
export async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  pool ??= connect()
  return (await pool.query<Row>(sql, values)).rows
}

let pool: pg.Pool | undefined

/** One connection for the whole test file: opening another for each query would take longer than the queries. */
function connect(): pg.Pool {
  const created = new pg.Pool({ connectionString: connectionString(), max: 1, allowExitOnIdle: true })
  // When the file ends its database is dropped, with whatever is connected to it.
  created.on('error', () => {})
  return created
}

/** Starts an import as the form does; fails the test when it is refused. */
export async function start(
  types: ImportType[],
  source: string,
  options: Pick<StartRequest, 'dryRun' | 'allowMassDeactivation'> = {},
): Promise<{ sessionId: number; jobId: string }> {
  const result = await startImport({ types, source, actor: null, ...options })
  if (!result.ok) throw new Error(`The start was refused: ${result.reason}`)
  return result
}

/** Runs what is due in the queue, in this process, through graphile-worker. */
export const runDueJobs = () =>
  runOnce({
    connectionString: connectionString(),
    taskList: { [RUN_IMPORT]: runImport, [SEND_NOTIFICATION]: sendNotification },
    noHandleSignals: true,
    // As in worker/main.ts: without a batch runOnce() does not wait for «completed», and the next job finds its queue locked.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => () => {}),
  })

/** Starts an import, runs it, and returns its session, whose every step's report adds up. */
export async function importNow(...given: Parameters<typeof start>): Promise<SessionDetails> {
  const { sessionId } = await start(...given)
  await runDueJobs()
  return sessionOf(sessionId)
}

export async function sessionOf(id: number): Promise<SessionDetails> {
  const session = await getSession(id)
  if (!session) throw new Error(`No session ${id}`)
  for (const { kind, processed, created, updated, unchanged, skipped, errors } of session.steps) {
    expect(created + updated + unchanged + skipped + errors, `the report of ${kind} adds up`).toBe(processed)
  }
  return session
}

/** The counters of one step that are not zero. */
export function countsOf(session: SessionDetails, kind: StepKind): Partial<StepReport> {
  const step = session.steps.find((candidate) => candidate.kind === kind)
  if (!step) throw new Error(`Session ${session.id} has no step ${kind}`)
  const {
    kind: _kind,
    status: _status,
    startedAt: _started,
    finishedAt: _finished,
    rowsTotal: _rows,
    changes: _changes,
    ...counts
  } = step
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}

/** `severity code × count`, sorted: what the problems of a session come to. */
export const problemsOf = (session: SessionDetails): string[] =>
  session.problems.map(({ severity, code, count }) => `${severity} ${code} × ${count}`).sort()

/** Every table that an import writes, with the order of its rows. */
const TABLES: Record<string, string> = {
  categories: 'onec_id',
  brands: 'id',
  brand_ids: 'onec_id',
  attributes: 'id',
  attribute_ids: 'onec_id',
  attribute_values: 'id',
  attribute_value_ids: 'property_onec_id, onec_id',
  price_types: 'onec_id',
  units: 'onec_id',
  warehouses: 'onec_id',
  products: 'onec_id',
  product_categories: 'product_id, category_onec_id',
  product_attributes: 'product_id, property_onec_id, position',
  product_variants: 'onec_id',
  variant_attributes: 'variant_id, position',
  prices: 'offer_onec_id, price_type_onec_id, min_quantity',
  stocks: 'offer_onec_id, warehouse_onec_id',
  product_images: 'owner_onec_id, path',
  customers: 'onec_id',
}

/** Every table that an import writes, with all rows; for comparing the catalogue before and after. */
export async function catalogue(): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const [table, order] of Object.entries(TABLES))
    rows[table] = await query(`select * from ${table} order by ${order}`)
  return rows
}

const ALSO_EMPTIED = ['import_sessions', 'login_attempts', 'schedules']

/**
 * Empties the database but for its structure, before a test that counts. `keepWorkers`: those that are at work; one that
 * was forgotten is not known again before its next heartbeat, seconds later.
 */
export async function emptyDatabase({ keepWorkers = false } = {}): Promise<void> {
  const tables = [...Object.keys(TABLES), ...ALSO_EMPTIED, ...(keepWorkers ? [] : ['workers'])]
  await truncate(tables)
  // A worker that a failed test left behind may hold a job, and with it the queue.
  await query(
    `select from graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
  )
  await query(`select from graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`)
}

/** What the web still writes for the window of the test before may wait for us as we wait for it: then once more. */
async function truncate(tables: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await query(`truncate ${tables.join(', ')} restart identity cascade`)
      return
    } catch (error) {
      const isDeadlock = (error as { code?: string }).code === '40P01'
      if (!isDeadlock || attempt === 3) throw error
    }
  }
}
