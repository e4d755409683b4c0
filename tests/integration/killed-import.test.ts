import { beforeEach, expect, test } from 'vitest'
import { recoverSessions } from '@/lib/imports/recovery'
import type { SessionDetails } from '@/lib/imports/session'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { tables } from '@/tests/setup/tables'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

/** Kills tried; more by KILLS. */
const KILLS = Number(process.env.KILLS ?? 4)

/** How far an import is, 0…1, in what it has read and which steps it has done or begun. */
function placeOf({ status, progress, steps }: SessionDetails): number {
  if (status !== 'STARTED' && status !== 'IN_PROGRESS') return 1
  const begun = steps.filter((step) => step.status === 'RUNNING').length / steps.length / 4
  return progress + begun
}

test(`an import killed at any of ${KILLS} moments and tried again ends in the tables of an undisturbed one`, async () => {
  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 7, goods: 1500 }))
  const undisturbed = await start(['catalog'], source)
  await runDueJobs()
  expect(await sessionOf(undisturbed.sessionId)).toMatchObject({ status: 'COMPLETED' })
  const expected = await tables()

  for (let kill = 0; kill < KILLS; kill++) {
    await emptyDatabase()
    const { sessionId } = await start(['catalog'], source)
    const worker = await startWorker()
    // Spread over the whole import, a little differently each time.
    const moment = (kill + Math.random()) / KILLS
    await eventually(async () => expect(placeOf(await sessionOf(sessionId))).toBeGreaterThanOrEqual(moment * 0.95))
    await worker.stop('SIGKILL')
    await query(`update workers set seen_at = seen_at - interval '31 seconds'`)
    // PostgreSQL may need a moment to see that the killed process's connections, and with them its lock, are gone.
    await eventually(async () => {
      await recoverSessions()
      expect(['PENDING', 'SUCCESS']).toContain((await sessionOf(sessionId)).jobState)
    })
    await runDueJobs()

    const session = await sessionOf(sessionId)
    expect(session, `killed at ${moment.toFixed(3)}`).toMatchObject({ status: 'COMPLETED', errorMessage: null })
    expect(await tables(), `killed at ${moment.toFixed(3)}`).toEqual(expected)
  }
}, 600_000)
