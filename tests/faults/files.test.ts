import { copyFile, rename, rm, truncate } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesWith, inspectExport } from '@/lib/imports/export'
import { eventually } from '@/tests/setup/eventually'
import { FULL, importUndisturbed, mustRecover, startImports } from '@/tests/setup/faults'
import { query, sessionOf } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const FAULTS: [string, (file: string) => Promise<void>, RegExp][] = [
  ['deletion', (file) => rm(file), /исчез во время чтения/],
  ['truncation', (file) => truncate(file, 5_000), /изменился во время чтения/],
]

test('files deleted or cut off while they are read', { timeout: 300_000 }, async () => {
  const undisturbed = await importUndisturbed(temporaryDirectory(), 2000)
  const { source } = undisturbed
  const summary = await inspectExport(source)
  const prices = filesWith(summary ?? { files: [], pictureFolders: [], writtenAt: null }, ['prices']).at(-1)
  const file = path.join(source, prices?.name ?? '')
  const whole = path.join(temporaryDirectory(), 'whole')
  await copyFile(file, whole)
  const worker = await startWorker()

  for (const [what, spoil, message] of FAULTS) {
    for (let time = 0; time < (FULL ? 5 : 1); time++) {
      const imports = await startImports(source)
      await eventually(async () => {
        const { bytesRead } = await readingOf(imports.sessionId)
        expect(bytesRead).toBeGreaterThan(0)
      })
      // For a moment only: so that what is spoilt is spoilt before all is read, however fast that goes.
      process.kill(worker.pid, 'SIGSTOP')
      const { bytesRead, bytesTotal } = await readingOf(imports.sessionId)
      await spoil(file)
      process.kill(worker.pid, 'SIGCONT')
      expect(bytesRead).toBeLessThan(bytesTotal)

      await eventually(async () => expect((await sessionOf(imports.sessionId)).errorMessage).toMatch(message))
      expect((await sessionOf(imports.sessionId)).stepsDone).toBe(0)
      expect(await query(`select id from products limit 1`)).toEqual([])

      // 1C writes it again, under another name first; the first session's next attempt finds it, or the one behind it has.
      await copyFile(whole, `${file}.new`)
      await rename(`${file}.new`, file)
      await mustRecover(`${what} of a file`, imports, { before: 1, since: performance.now() }, undisturbed, false)
    }
  }
})

const readingOf = async (sessionId: number): Promise<{ bytesRead: number; bytesTotal: number }> => {
  const [row] = await query<{ read: string; total: string | null }>(
    `select bytes_read as read, bytes_total as total from import_sessions where id = $1`,
    [sessionId],
  )
  return { bytesRead: Number(row?.read), bytesTotal: Number(row?.total) }
}
