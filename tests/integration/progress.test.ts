import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { EventHub } from '@/lib/events/hub'
import type { ImportEvent, ProgressNews } from '@/lib/events/import-event'
import { claimSession, handBackSession } from '@/lib/imports/lifecycle'
import { log } from '@/lib/log'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { EventReader } from '@/tests/setup/event-reader'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { userWithRole } from '@/tests/setup/users'
import { Progress } from '@/worker/progress'

beforeEach(emptyDatabase)

test.each([false, true])('an import tells how far it is and never goes back (dry run: %s)', async (dryRun) => {
  await userWithRole('OPERATOR')
  const [user] = await query<{ id: number }>('select id from users limit 1')
  const hub = new EventHub()
  onTestFinished(() => hub.stop())
  const stream = hub.open({ id: user?.id ?? 0, epoch: 0 }, null)
  if (!stream) throw new Error('No stream')
  const reader = new EventReader(stream.body)
  await eventually(() => expect(reader.seen.map(({ event }) => event)).toContain('resync'))

  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 3, goods: 1200 }))
  const { sessionId } = await start(['catalog'], source, { dryRun })
  await runDueJobs()

  const session = await sessionOf(sessionId)
  expect(session).toMatchObject({ status: 'COMPLETED', progress: 1 })
  const told = (reader.changes as ImportEvent[]).flatMap((event) => (event.kind === 'progress' ? [event.progress] : []))
  expect(told.length).toBeGreaterThan(1)
  const shares = told.map(({ share }) => share)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBeLessThan(1)
  const read = told.findLast(({ bytesRead, bytesTotal }: ProgressNews) => bytesRead === bytesTotal)
  expect(read).toMatchObject({ currentFile: null, fileNumber: null, filesTotal: expect.any(Number) })
  // So many records was each step expected to have, and had.
  expect(session.steps.map(({ kind, rowsTotal }) => [kind, rowsTotal])).toEqual(
    session.steps.map(({ kind, processed }) => [kind, processed]),
  )
})

test('what an earlier attempt completed counts from the first moment of the next', async () => {
  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 3, goods: 30 }))
  const { sessionId, jobId } = await start(['catalog'], source)
  const first = await claimSession(sessionId, { id: jobId, attempt: 1, workerId: 'pool-1' })
  if (!first) throw new Error('No claim')
  await query(
    `update import_steps set rows_total = 1000, processed = 1000, created = 1000, status = 'RUNNING' where kind = 'goods'`,
  )
  await query(`update import_steps set rows_total = 0 where kind <> 'goods'`)
  await query(`update import_steps set status = 'COMPLETED', finished_at = now() where kind = 'goods'`)
  await handBackSession(first)

  const claim = await claimSession(sessionId, { id: jobId, attempt: 2, workerId: 'pool-1' })
  if (!claim) throw new Error('No claim')
  const progress = await Progress.of(claim, { log, onClaimLost: (error) => expect.unreachable(String(error)) })
  onTestFinished(() => progress.stop())
  progress.beginReading([{ size: 100 }])
  progress.read(1, 0)
  await eventually(async () => expect((await sessionOf(sessionId)).progress).toBeGreaterThan(0.2))
})
