import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { env } from '@/lib/env'
import type { Claim, ClaimLostError } from '@/lib/imports/lifecycle'
import { checkExport, countOfStep } from './check-export'
import { ClaimWatch } from './claim-watch'
import { hashFiles } from './export-files'
import { findUnnamedPictures } from './pictures/find-unnamed'
import { ProblemLog } from './problem-log'
import { Progress } from './progress'
import { readExport } from './read-export'
import { keepRootCategory } from './root-category'
import { rehearseSteps, runSteps, storeOtherProblems } from './run-steps'
import { Staging } from './staging'
import { ABSENT_TABLES } from './steps/absent'
import { STEPS } from './steps/all-steps'
import { DELETION_TABLES } from './steps/deletions'

const CONNECT_TIMEOUT_MS = 10_000

/** Does what a session still has to do: read, check, apply (COMMERCEML.md §4), over a connection of its own. */
export async function runSession(claim: Claim, log: Logger, abort: AbortController): Promise<void> {
  const db = new Client({
    connectionString: env().DATABASE_URL,
    // By this name it is ended when the worker is given up (lib/imports/recovery.ts).
    application_name: `obmen import ${claim.sessionId}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  await db.connect()
  // Without a listener the loss of the connection would stop the process; the running query rejects anyway.
  db.on('error', (error) => log.warn({ err: error }, 'the import connection was lost'))
  const stopCancelling = cancelOnAbort(db, abort.signal, log)
  const watch = new ClaimWatch(claim, abort, log)
  const problems = new ProblemLog(claim.keptProblems)
  const onClaimLost = (error: ClaimLostError) => abort.abort(error)
  let progress: Progress | undefined
  const hashAbort = new AbortController()
  let hashing: Promise<void> | undefined
  try {
    progress = await Progress.of(claim, { onClaimLost, log })
    await configure(db)
    const staging = new Staging(db)
    await staging.create([
      ...ABSENT_TABLES,
      ...DELETION_TABLES,
      ...Object.values(STEPS).flatMap(({ tables }) => tables),
    ])
    const startedAt = performance.now()
    const read = await readExport(claim, { staging, problems, log, signal: abort.signal, progress })
    const records = Object.fromEntries(read.counts)
    log.info({ files: read.files.length, records, ms: Math.round(performance.now() - startedAt) }, 'export read')
    hashing = hashFiles(claim, read.exportFiles, hashAbort.signal).catch((err) => {
      if (!hashAbort.signal.aborted) log.warn({ err }, 'checksums of the files were not made')
    })
    await keepRootCategory(db, claim, read, problems)
    // Started for its own sake, the images step looks for pictures that nobody names as well (COMMERCEML.md §6).
    if (claim.types.includes('images') && claim.steps.includes('images')) {
      const found = await findUnnamedPictures(db, claim.source, read.pictureFolders, abort.signal)
      if (found > 0) read.counts.set('picture', (read.counts.get('picture') ?? 0) + found)
    }
    await progress.finishReading(new Map(claim.steps.map((kind) => [kind, countOfStep(kind, read.counts)])))
    await checkExport(db, claim, read, problems)
    const run = { db, claim, read, problems, progress, log, signal: abort.signal }
    await (claim.dryRun ? rehearseSteps(run) : runSteps(run))
    await storeOtherProblems(run)
    await hashing
  } catch (error) {
    hashAbort.abort()
    if (abort.signal.aborted) throw abort.signal.reason
    // A failed attempt applies nothing, but what it found wrong is worth reading.
    await storeOtherProblems({ db, claim, problems }).catch((err) => log.warn({ err }, 'problems were not kept'))
    throw error
  } finally {
    await hashing
    await watch.stop()
    stopCancelling()
    await progress?.stop()
    await db.end().catch(() => {})
  }
}

/** An import owns its connection: give it room to sort and join in memory. */
async function configure(db: Client): Promise<void> {
  await db.query(`set temp_buffers = '64MB'`)
  await db.query(`set work_mem = '64MB'`)
  await db.query(`set jit = off`)
  // A sample of 3,000 rows tells how many there are; with the usual 30,000 analyzing was a quarter of an unchanged import.
  await db.query(`set default_statistics_target = 10`)
}

/** Between two statements there is nothing to cancel: it is tried again this often, in milliseconds. */
const CANCEL_EVERY_MS = 200

/** An abort does not wait for the statement that is running: it is cancelled, from a connection of its own. */
function cancelOnAbort(db: Client, signal: AbortSignal, log: Logger): () => void {
  let done = false
  const cancel = async () => {
    const pid = (db as unknown as { processID: number | null }).processID
    const canceller = new Client({
      connectionString: env().DATABASE_URL,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    })
    canceller.on('error', () => {})
    try {
      await canceller.connect()
      while (!done) {
        await canceller.query('select pg_cancel_backend($1)', [pid])
        await setTimeout(CANCEL_EVERY_MS)
      }
    } catch (error) {
      log.warn({ err: error }, 'the running statement could not be cancelled')
    } finally {
      await canceller.end().catch(() => {})
    }
  }
  const onAbort = () => void cancel()
  signal.addEventListener('abort', onAbort, { once: true })
  return () => {
    done = true
    signal.removeEventListener('abort', onAbort)
  }
}
