import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { database } from '@/lib/db'
import { startByForm } from '@/tests/e2e/list-page'
import {
  customer,
  good,
  group,
  price,
  priceType,
  property,
  stock,
  warehouse,
  writeExport,
} from '@/tests/fixtures/export'
import { writePictures } from '@/tests/fixtures/pictures'
import { importNow, query, runDueJobs } from '@/tests/setup/imports'
import { serveSite } from '@/tests/setup/site'

const site = serveSite()

/** Something of every kind. */
const SHOP = {
  groups: [group({ id: 'a', children: [group({ id: 'b' })] })],
  properties: [property({ id: 'p', values: [{ id: 'v', value: 'Красный' }] })],
  priceTypes: [priceType({ id: 't' })],
  warehouses: [warehouse({ id: 'w' })],
  goods: [good({ id: 'g1', groupIds: ['a'], properties: [{ propertyId: 'p', value: 'v' }], pictures: ['a.jpg'] })],
  prices: [price({ offerId: 'g1', priceTypeId: 't' })],
  stock: [stock({ offerId: 'g1', warehouseId: 'w' })],
  customers: [customer({ id: 'c' })],
}

test('the pages have no barrier that axe can see, in the light and in the dark', async () => {
  await writePictures(site.exportDirectory, { 'a.jpg': 'red' })
  await writeExport(site.exportDirectory, SHOP)
  const page = await site.open()
  await page.goto('/login')
  expect(await barriers(page)).toEqual([])

  const operator = await site.openAs('OPERATOR')
  expect(await barriers(operator)).toEqual([])
  await startByForm(operator, 'Полный каталог')
  expect(await barriers(operator)).toEqual([])
  // The overview with its charts and tables.
  await query(`insert into import_sessions (types, source, request_key, status, started_at, finished_at)
    values ('{stocks}', '/x', 'x', 'COMPLETED_WITH_ERRORS', now() - interval '1 minute', now())`)
  await query(`insert into import_problem_totals values (2, 'stock', 'warning', 'negative_stock', 1)`)
  await query(`insert into workers (id, host, pid, seen_at) values ('silent', 'h', 1, now() - interval '1 hour')`)
  await query(`insert into import_problems (session_id, step, severity, code, file, line, external_id, field, message)
    values (2, 'stock', 'warning', 'negative_stock', 'rests.xml', 7, 'a#b', 'Количество', '-1')`)
  await query(`insert into schedules (name, types, cron, time_zone, is_on)
    select 'Ночью', '{catalog}', '0 3 * * *', 'Europe/Moscow', n = 1 from generate_series(1, 2) as n`)
  await query(`insert into schedule_runs (schedule_id, due_at, outcome, session_id, reason) values
    (1, now() - interval '3 days', 'started', 2, null), (1, now() - interval '2 days', 'skipped', 2, null),
    (1, now() - interval '1 day', 'missed', null, null), (1, now(), 'refused', null, 'catalogue_empty')`)
  for (const path of [
    '/admin/imports/1',
    '/admin/imports/2',
    '/admin/imports/2/problems',
    '/admin/imports/99',
    '/admin/schedules',
    '/admin/schedules/1',
    '/admin/imports/new',
    '/admin/overview',
    '/admin/schedules/new',
    '/admin/notifications',
  ]) {
    await operator.goto(path)
    expect(await barriers(operator)).toEqual([])
  }

  const admin = await site.openAs('ADMIN')
  const { id } = await database().user.findUniqueOrThrow({ where: { email: 'operator@example.org' } })
  for (const path of ['/admin/users', '/admin/users/new', `/admin/users/${id}`, '/admin/audit', '/admin/profile']) {
    await admin.goto(path)
    expect(await barriers(admin)).toEqual([])
  }

  await runDueJobs()
  await importNow(['customers'], site.exportDirectory)
  await admin.goto('/admin/imports/1')
  await admin.locator('[data-changes="goods"] summary').click()
  expect(await barriers(admin)).toEqual([])
  const rows = [
    'groups/a',
    'properties/p',
    'price_types/t',
    'warehouses/w',
    'goods/g1',
    'offers/g1',
    'prices/g1',
    'stock/g1',
  ]
  for (const row of [...rows, 'images/g1', 'customers/c', 'goods/nowhere']) {
    await admin.goto(`/admin/catalog/${row}?from=1`)
    expect(await barriers(admin)).toEqual([])
  }
  await admin.goto('/admin/imports/1')
  await admin.getByRole('button', { name: 'Удалить, сессия 1' }).click()
  expect(await barriers(admin)).toEqual([])
})

/** What WCAG 2.2 AA forbids, as «rule: element», in both colour schemes. */
async function barriers(page: Page): Promise<string[]> {
  // A page that is gone to by a click, or that is not there, is drawn in the browser, its title a moment after the rest.
  await page.waitForFunction(() => document.title !== '' && document.querySelector('h1') !== null)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      }),
    )
    for (const { id, nodes } of violations) found.push(...nodes.map(({ html }) => `${colorScheme} ${id}: ${html}`))
  }
  return found
}
