import { expect, test } from 'vitest'
import { generateExport } from '@/scripts/sample/generate'
import type { Group } from '@/scripts/sample/model'
import { writeSample } from '@/scripts/sample/write'
import { isSameDocument, markDocument, rowOf, rowShows, startByForm } from '@/tests/e2e/list-page'
import { holdTable } from '@/tests/setup/hold-table'
import { serveSite } from '@/tests/setup/site'
import { startWorker } from '@/tests/setup/worker'

const site = serveSite()
const model = generateExport({ seed: 1, goods: 60 })

test('an operator imports the whole catalogue and sees it queued, running and done without reloading', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))

  await startByForm(page, 'Полный каталог')
  await page.getByText(/Импорт запущен: сессия 1, задача № \d+/).waitFor()
  await markDocument(page)
  await rowShows(page, 1, 'PENDING')
  expect(await rowOf(page, 1).textContent()).toContain('В очереди')

  const release = await holdTable('price_types')
  await startWorker()
  await page.locator('tr[data-session-id="1"][data-status="IN_PROGRESS"][data-job-state="STARTED"]').waitFor()
  expect(await rowOf(page, 1).textContent()).toMatch(/Выполняется[\s\S]*В процессе…/)

  await release()
  await rowShows(page, 1, 'SUCCESS')
  expect(await rowOf(page, 1).textContent()).toContain('Завершено')
  expect(await isSameDocument(page)).toBe(true)

  await page.getByText(/^Обновлено: \d\d:\d\d:\d\d$/).waitFor()
  await page.locator('[data-auto-refresh="off"]').waitFor()
  expect(said.filter((line) => line.includes('auto-refresh') && line.includes('5 s'))).toHaveLength(1)

  await rowOf(page, 1).getByRole('link', { name: '1', exact: true }).click()
  await page.locator('main[data-status="COMPLETED"][data-job-state="SUCCESS"]').waitFor()
  const created: Record<string, string | null> = {}
  for (const step of ['groups', 'price_types', 'warehouses', 'goods', 'offers', 'prices', 'stock']) {
    created[step] = await page.locator(`[data-step="${step}"] [data-counter="created"]`).textContent()
  }
  expect(created).toEqual({
    groups: shown(countGroups(model.groups)),
    price_types: '6',
    warehouses: '2',
    goods: '60',
    offers: shown(count(model.offers)),
    prices: shown(count(model.prices)),
    stock: shown(count(model.stock)),
  })
})

test('the detail page refreshes by itself as the list does', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  await startByForm(page, 'Полный каталог')
  await page.goto('/admin/imports/1')
  await page.locator('main[data-job-state="PENDING"]').waitFor()
  await markDocument(page)

  await startWorker()
  await page.locator('main[data-job-state="SUCCESS"]').waitFor()
  // The last line of the log comes after all else.
  await page.getByText('import ended: COMPLETED').waitFor()
  expect(await isSameDocument(page)).toBe(true)

  await page.locator('[data-changes="warehouses"] summary').click()
  await page.locator('[data-changes="warehouses"]').getByText('Созданы, например').waitFor()
  await page.getByRole('button', { name: 'Скопировать SHA-256 файла goods/goods.xml' }).waitFor()
  const log = await page.request.get('/admin/imports/1/log.txt')
  expect(await log.text()).toMatch(/Z info {2}import started: catalog[\s\S]*Z info {2}import ended: COMPLETED/)
  const stranger = await site.open()
  expect((await stranger.request.get('/admin/imports/1/log.txt', { maxRedirects: 0 })).status()).not.toBe(200)
})

test('a second start of the same types is refused with a link to the one that is under way', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  await startByForm(page, 'Полный каталог')

  await page.goto('/admin/imports/new')
  await page.getByRole('checkbox', { name: 'Полный каталог' }).check()
  await page.getByRole('button', { name: 'Запустить импорт' }).click()
  await page.getByText('Такой импорт уже идёт').waitFor()
  await page.getByRole('link', { name: 'сессия 1' }).click()
  await page.waitForURL('**/admin/imports/1')
})

test('an operator cancels a running import from the list, repeats it, and only an admin deletes it', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  await startByForm(page, 'Полный каталог')
  const release = await holdTable('products')
  await startWorker()
  await rowShows(page, 1, 'STARTED')

  const cancel = rowOf(page, 1).getByRole('button', { name: 'Отменить, сессия 1' })
  await cancel.click()
  await page.getByRole('button', { name: 'Продолжать импорт' }).click()
  await cancel.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Отменить импорт' }).dblclick()
  await page.getByText('Сессия 1 отменяется: начатый этап откатывается').waitFor()
  await rowShows(page, 1, 'CANCELLED')
  expect(await rowOf(page, 1).textContent()).toContain('Отменено')
  await release()

  await rowOf(page, 1).getByRole('link', { name: '1', exact: true }).click()
  await page.getByText(/Отменено: operator@example.org/).waitFor()
  expect(await page.getByRole('button', { name: 'Удалить' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Повторить, сессия 1' }).click()
  await page.waitForURL('**/admin/imports/2')
  await page.locator('main[data-job-state="SUCCESS"]').waitFor()
  await page.getByRole('link', { name: '1', exact: true }).click()
  await page.getByText('Повторена сессией').waitFor()

  const admin = await site.openAs('ADMIN')
  await admin.goto('/admin/imports/1')
  await admin.getByRole('button', { name: 'Удалить, сессия 1' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Удалить сессию' }).click()
  await admin.getByText('Сессия 1 удалена').waitFor()
  expect(await rowOf(admin, 1).count()).toBe(0)
  expect(await rowOf(admin, 2).count()).toBe(1)
})

test('two clicks on the button start one session', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  await page.goto('/admin/imports/new')
  await page.getByRole('checkbox', { name: 'Полный каталог' }).check()
  await page.getByRole('button', { name: 'Запустить импорт' }).dblclick()
  await page.waitForURL('**/admin/imports?started=*')
  await rowOf(page, 1).waitFor()
  expect(await page.locator('tr[data-session-id]').count()).toBe(1)
})

test('prices alone are refused in place while there is no catalogue', async () => {
  await writeSample(site.exportDirectory, model)
  const page = await site.openAs('OPERATOR')
  await page.goto('/admin/imports/new')
  await page.getByRole('checkbox', { name: 'Цены' }).check()
  await page.getByRole('button', { name: 'Запустить импорт' }).click()
  await page.getByText(/Сначала импортируйте каталог/).waitFor()
})

const count = (items: Iterable<unknown> = []) => [...items].length
const countGroups = (groups: readonly Group[] = []): number =>
  groups.reduce((sum, { children }) => sum + 1 + countGroups(children), 0)
const shown = (number: number) => number.toLocaleString('ru')
