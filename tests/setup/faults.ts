import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { ARTIFACTS } from '@/tests/setup/build'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { tables } from '@/tests/setup/tables'

// What the fault suite is made of: an import and another that waits behind it, a fault at a moment of the first, and what
// must hold after it (docs/reliability.md).

/** The long form, `npm run test:faults`: more of everything, and every wait as long as it is in life. */
export const FULL = process.env.FAULTS === 'full'

/** Settled, or running again, within this long after a fault; milliseconds. */
const PROMISE_MS = 60_000

/** How long the imports themselves may take, on a machine that has much else to do; milliseconds. */
const END_MS = 240_000

export interface Imports {
  sessionId: number
  /** Waits in the queue behind the first. */
  behindId: number
}

export interface Undisturbed {
  source: string
  tables: Record<string, string[]>
  reports: unknown[]
}

/** Imports a sample in peace, and remembers what that leaves. */
export async function importUndisturbed(source: string, goods = FULL ? 2000 : 800): Promise<Undisturbed> {
  await writeSample(source, generateExport({ seed: 7, goods, errors: 0.01 }))
  const imports = await startImports(source)
  // Once for each: it may look for the second before the queue is free of the first.
  for (const _ of Object.values(imports)) await runDueJobs()
  const undisturbed = { source, tables: await tables(), reports: await reportsOf(imports) }
  expect(undisturbed.tables.products?.length).toBeGreaterThan(goods / 2)
  return undisturbed
}

/** Starts both imports in an empty database. */
export async function startImports(source: string): Promise<Imports> {
  // Workers are at work on it: what looks after others may meet the emptying in a deadlock.
  await eventually(() => emptyDatabase({ keepWorkers: true }))
  const { sessionId } = await start(['catalog'], source)
  const behind = await start(['catalog', 'prices'], source)
  return { sessionId, behindId: behind.sessionId }
}

/** The reports and the totals of problems: what would tell that something was counted twice, or not at all. */
const reportsOf = async ({ sessionId, behindId }: Imports): Promise<unknown[]> =>
  Promise.all(
    [sessionId, behindId].map(async (id) => {
      const { status, errorMessage, steps, problems } = await sessionOf(id)
      expect(isActive(status), errorMessage ?? '').toBe(false)
      return {
        status,
        // Of what changed a step keeps a few examples, any.
        steps: steps.map(({ startedAt: _started, finishedAt: _finished, changes: _examples, ...report }) => report),
        problems: problems.map(({ step, code, count }) => `${step} ${code} × ${count}`).sort(),
      }
    }),
  )

/** How far an import is, 0…1, in what it has read and which steps it has done or begun. */
function placeOf({ status, progress, steps }: SessionDetails): number {
  if (!isActive(status)) return 1
  const begun = steps.filter((step) => step.status === 'RUNNING').length / steps.length / 4
  return progress + begun
}

/** Waits until an import has come so far, 0…1. */
export const reaches = (sessionId: number, place: number) =>
  eventually(async () => expect(placeOf(await sessionOf(sessionId))).toBeGreaterThanOrEqual(place * 0.95))

/** The worker that holds the session's job; null when the import is over already. */
async function holderOf(sessionId: number): Promise<{ id: string; pid: number } | null> {
  const [holder] = await query<{ id: string; pid: number }>(
    `select w.id, w.pid from workers as w join graphile_worker.jobs as j on j.locked_by = w.id
     join import_sessions as s on s.job_id = j.id where s.id = $1`,
    [sessionId],
  )
  return holder ?? null
}

/**
 * Starts imports and freezes the worker (SIGSTOP) that does the first, once that has come so far, 0…1; begins anew, a
 * little earlier, where the import was over by then.
 */
export async function freezeWorkerAt(source: string, moment: number) {
  for (let place = moment; ; place *= 0.8) {
    const imports = await startImports(source)
    await reaches(imports.sessionId, place)
    const holder = await holderOf(imports.sessionId)
    if (holder) {
      process.kill(holder.pid, 'SIGSTOP')
      const { status, attempts } = await sessionOf(imports.sessionId)
      // What it had sent to PostgreSQL before it froze is done all the same.
      if (isActive(status) && (await holderOf(imports.sessionId)))
        return { imports, holder, before: attempts.length, since: performance.now() }
      process.kill(holder.pid, 'SIGCONT')
    }
    await haveEnded(imports)
  }
}

const haveEnded = (imports: Imports) =>
  eventually(async () => {
    for (const id of Object.values(imports)) expect(isActive((await sessionOf(id)).status)).toBe(false)
  }, END_MS)

/** As if 31 seconds had gone by since that worker's last heartbeat; in the long form they go by. */
export async function ageHeartbeat(workerId: string): Promise<void> {
  if (!FULL) await query(`update workers set seen_at = seen_at - interval '31 seconds' where id = $1`, [workerId])
}

/**
 * After a fault: the first session is settled or running again in time, both end well and one after the other, with the
 * tables and the reports of an undisturbed run. `before`: the attempts there were when the fault came. `keepsPlace`: a
 * fault that is nobody's at the export; else the one behind goes first while the first waits for its next attempt.
 */
export async function mustRecover(
  fault: string,
  imports: Imports,
  { before, since }: { before: number; since: number },
  undisturbed: Undisturbed,
  keepsPlace = true,
): Promise<void> {
  await eventually(async () => {
    const { status, jobState, attempts } = await sessionOf(imports.sessionId)
    if (isActive(status)) expect(jobState === 'STARTED' && attempts.length > before, `${fault}: ${jobState}`).toBe(true)
  }, PROMISE_MS)
  note(fault, performance.now() - since)
  await haveEnded(imports)
  const reports = await reportsOf(imports)
  if (keepsPlace) expect(reports, fault).toEqual(undisturbed.reports)
  expect(await tables(), fault).toEqual(undisturbed.tables)
  const [first, behind] = [await sessionOf(imports.sessionId), await sessionOf(imports.behindId)]
  expect(first.errorMessage, fault).toBeNull()
  if (keepsPlace)
    expect(behind.startedAt?.getTime(), fault).toBeGreaterThanOrEqual(first.finishedAt?.getTime() ?? Infinity)
  expect(await query(`select id from graphile_worker.jobs where id = any($1)`, [[first.jobId, behind.jobId]])).toEqual(
    [],
  )
}

/** A line for docs/reliability.md. */
function note(fault: string, ms: number): void {
  if (!FULL) return
  mkdirSync(ARTIFACTS, { recursive: true })
  appendFileSync(path.join(ARTIFACTS, 'faults.jsonl'), `${JSON.stringify({ fault, ms: Math.round(ms) })}\n`)
}
