import { expect, test } from 'vitest'
import { rowOf, rowShows, startByForm } from '@/tests/e2e/list-page'
import { good, writeExport } from '@/tests/fixtures/export'
import { serveSite } from '@/tests/setup/site'
import { startWorker } from '@/tests/setup/worker'

const site = serveSite()

test('with the worker stopped an import stays queued and says so; started again, the worker runs it', async () => {
  await writeExport(site.exportDirectory, { goods: [good({ id: 'g1' })] })
  const page = await site.openAs('ADMIN')
  const worker = await startWorker()
  expect(await worker.stop()).toBe(0)

  await startByForm(page, 'Полный каталог')
  const hint = page.getByText('Нет работающего обработчика')
  await hint.waitFor()
  expect(await rowOf(page, 1).getAttribute('data-status')).toBe('STARTED')
  expect(await rowOf(page, 1).textContent()).toContain('В очереди')

  await startWorker()
  await rowShows(page, 1, 'SUCCESS')
  expect(await hint.count()).toBe(0)
})
