import { afterEach, beforeEach, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { inspectExport } from '@/lib/imports/export'
import { findExport, listExport } from '@/lib/imports/export-listing'
import { good, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, query, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)
afterEach(() => {
  env().EXPORT_SEEN_BY = 'web'
})

test('a web process that cannot reach the export starts an import by what a worker has listed lately', async () => {
  const source = temporaryDirectory()
  await writeExport(source, { goods: [good({ id: 'g' })] })
  env().EXPORT_SEEN_BY = 'worker'
  await expect(start(['catalog'], source)).rejects.toThrow('export_missing')

  await listExport(source)
  expect(await findExport(source)).toEqual(await inspectExport(source))
  await expect(start(['prices'], source)).rejects.toThrow('files_missing')
  await start(['catalog'], source)

  await query(`update export_listings set listed_at = now() - interval '2 minutes'`)
  expect(await findExport(source)).toBeNull()
})

test('a directory that is gone is listed as gone', async () => {
  const source = temporaryDirectory()
  env().EXPORT_SEEN_BY = 'worker'
  await listExport(source)
  expect(await findExport(source)).toEqual({ files: [], pictureFolders: [], writtenAt: null })
  await listExport(`${source}/gone`)
  expect(await findExport(`${source}/gone`)).toBeNull()
})
