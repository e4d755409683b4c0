import { chownSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { databaseUser } from '@/scripts/start/database-user'
import { catalogue, emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { mountSmallDisk } from '@/tests/setup/small-disk'
import { temporaryDirectory } from '@/tests/setup/temporary'

const NO_MOUNT = 'a small disk cannot be mounted here: that takes root'

test('the database’s disk is full: the attempt fails with the reason and changes nothing, and the next one goes through', async (context) => {
  await emptyDatabase()
  const disk = path.join('/tmp', `obmen-disk-${process.pid}`)
  if (!mountSmallDisk(disk, 1024)) return context.skip(NO_MOUNT)
  const { owner } = databaseUser([])
  if (owner) chownSync(disk, owner.uid, owner.gid)
  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 5, goods: 1000 }))
  await query(`create tablespace small location '${disk}'`)
  onTestFinished(async () => {
    await query(`drop tablespace small`)
  })
  const stageOn = (how: string) =>
    query(`do $$ begin execute format('alter database %I ${how}', current_database()); end $$`)
  await stageOn('set temp_tablespaces = small')
  const before = await catalogue()

  const { sessionId, jobId } = await start(['catalog'], source)
  await runDueJobs()

  const session = await sessionOf(sessionId)
  expect(session).toMatchObject({ jobState: 'RETRY' })
  expect(session.errorMessage).toContain('На диске базы данных кончилось место')
  expect(await catalogue()).toEqual(before)

  await stageOn('reset temp_tablespaces')
  await query(`select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now())`, [jobId])
  await runDueJobs()
  expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED', errorMessage: null })
})

test('the disk of the pictures is full: the import fails with the reason, and no picture is half there', async (context) => {
  await emptyDatabase()
  const media = process.env.MEDIA_DIR ?? ''
  if (!mountSmallDisk(media, 64)) return context.skip(NO_MOUNT)
  expect(() => writeFileSync(path.join(media, 'filling'), Buffer.alloc(256 * 1024))).toThrow('ENOSPC')
  const source = temporaryDirectory()
  await writeSample(source, generateExport({ seed: 5, goods: 20, pictures: true }))

  const { sessionId } = await start(['catalog', 'images'], source)
  await runDueJobs()

  const session = await sessionOf(sessionId)
  expect(session.status).toBe('FAILED')
  expect(session.errorMessage).toMatch(/Картинки не записываются в .*ENOSPC.*место на диске/)
  expect(await query(`select from product_images`)).toEqual([])
})
