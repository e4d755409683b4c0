import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { database } from '@/lib/db'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { rowOf, rowShows, startByForm } from '@/tests/e2e/list-page'
import { writeRaw } from '@/tests/fixtures/files'
import { eventually } from '@/tests/setup/eventually'
import { catalogue, query, sessionOf } from '@/tests/setup/imports'
import { serveSite } from '@/tests/setup/site'
import { startWorker } from '@/tests/setup/worker'

const site = serveSite()

test('goods cut off in the middle: another try is announced, the last one fails with file and line, nothing is changed', async () => {
  await writeSample(site.exportDirectory, generateExport({ seed: 1, goods: 40 }))
  await startWorker()
  const page = await site.openAs('OPERATOR')
  await startByForm(page, 'Полный каталог')
  await rowShows(page, 1, 'SUCCESS')
  const before = await catalogue()

  await writeSample(site.exportDirectory, generateExport({ seed: 2, goods: 40 }))
  await cutInHalf('goods/goods.xml')
  await startByForm(page, 'Полный каталог')
  await rowShows(page, 2, 'RETRY')
  expect(await rowOf(page, 2).textContent()).toMatch(/Повтор[\s\S]*попытка \d из 4/)
  expect(await rowOf(page, 2).textContent()).toContain('goods.xml')

  // The waits between the tries are not what is tested here.
  await eventually(async () => {
    const { status, jobId, jobState } = await sessionOf(2)
    if (jobState === 'RETRY') {
      await query('select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now())', [jobId])
    }
    expect(status).toBe('FAILED')
  })
  await rowShows(page, 2, 'FAILURE')
  expect(await rowOf(page, 2).textContent()).toContain('Ошибка')

  await rowOf(page, 2).getByRole('link', { name: '2', exact: true }).click()
  await page.locator('main[data-status="FAILED"][data-job-state="FAILURE"]').waitFor()
  const shown = await page.locator('main').textContent()
  expect(shown).toMatch(/goods\/goods\.xml/)
  expect(shown).toMatch(/строка \d+/i)
  expect(shown).toContain('В каталоге ничего не изменилось')
  expect(await catalogue()).toEqual(before)

  await page.getByRole('button', { name: 'English' }).click()
  await page
    .getByText(/The file goods\/goods\.xml is damaged: line \d+, column \d+: the file is cut off/)
    .first()
    .waitFor()
  expect(await database().importAttempt.count({ where: { sessionId: 2 } })).toBe(4)
})

/** Between two characters: what happens in the middle of one is for the tests of the reader. */
async function cutInHalf(name: string): Promise<void> {
  const text = await readFile(path.join(site.exportDirectory, name), 'utf8')
  await writeRaw(site.exportDirectory, name, text.slice(0, text.length / 2))
}
