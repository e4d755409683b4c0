import { beforeEach, expect, test } from 'vitest'
import { rowUrl } from '@/components/catalog/row-url'
import { customer, good, offer, price, priceType, writeExport } from '@/tests/fixtures/export'
import { writePictures } from '@/tests/fixtures/pictures'
import { importNow } from '@/tests/setup/imports'
import { serveSite } from '@/tests/setup/site'

const site = serveSite()

/** What addresses, servers and browsers would rather take for something of theirs; «#» is in the offers' ids. */
const ODD_IDS = [
  '1/2 50%',
  '%2F..%2F',
  '../goods',
  'цена ?from=9&x=+',
  'прайс.csv',
  '[id]',
  '"<script>',
  '\\back\nline',
  'a;b,c:d@e!$',
]

beforeEach(async () => {
  await writePictures(site.exportDirectory, { 'a.jpg': 'red' })
  await writeExport(site.exportDirectory, {
    goods: [
      good({ id: 'shirt', name: 'Футболка', description: '<b>Мягкая</b>', pictures: ['a.jpg'] }),
      ...ODD_IDS.map((id) => good({ id, name: `Странный ${id}` })),
    ],
    offers: [offer({ id: 'shirt#s', name: 'Футболка S' })],
    priceTypes: [priceType({ id: 't', name: 'Розничная' })],
    prices: [
      price({ offerId: 'shirt#s', priceTypeId: 't', value: '1234,5' }),
      price({ offerId: 'later', priceTypeId: 't' }),
    ],
    customers: [customer({ id: 'ivan', name: 'Иванов' })],
  })
})

test('an operator goes from what a session changed to the good, to its offer, and back to the session', async () => {
  await importNow(['catalog', 'customers'], site.exportDirectory)
  const page = await site.openAs('OPERATOR')
  await page.goto('/admin/imports/1')
  await page.locator('[data-changes="goods"] summary').click()
  await page.locator('[data-changes="goods"]').getByRole('link', { name: 'shirt', exact: true }).click()

  await page.getByRole('heading', { name: 'Футболка', level: 1 }).waitFor()
  await page.getByText('<b>Мягкая</b>').waitFor()
  expect(await page.title()).toBe('Товар Футболка · Obmen')
  const picture = page.getByRole('img', { name: 'Изображение a.jpg' })
  await picture.waitFor()
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0))).toBe(
    true,
  )

  await page.getByRole('link', { name: 'Футболка S' }).click()
  await page.getByRole('heading', { name: 'Футболка S', level: 1 }).waitFor()
  await page.getByRole('cell', { name: /1\s234,50\sRUB/ }).waitFor()
  await page.getByRole('link', { name: 'Розничная' }).click()
  await page.getByRole('heading', { name: 'Розничная', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Сессия импорта 1' }).click()
  await page.waitForURL('**/admin/imports/1')

  await page.goto('/admin/imports/1/problems')
  await page.getByRole('link', { name: 'later' }).first().click()
  await page.getByRole('heading', { name: 'later', level: 1 }).waitFor()
  await page.getByText('(ещё не загружено)').waitFor()
})

test('an id may be any text: its address leads to its row, loaded anew and by a click', async () => {
  await importNow(['catalog'], site.exportDirectory)
  const page = await site.openAs('VIEWER')
  await page.goto('/admin/imports/1')
  for (const id of ODD_IDS) {
    const heading = page.getByRole('heading', { name: `Странный ${id.replace('\n', ' ')}`, level: 1, exact: true })
    await page.goto(rowUrl('goods', id, 1) ?? '')
    await heading.waitFor()
    await page.getByRole('link', { name: 'Сессия импорта 1' }).click()
    await page.locator('[data-changes="goods"] summary').click()
    await page
      .locator('[data-changes="goods"]')
      .locator(`a[href="${rowUrl('goods', id, 1)}"]`)
      .click()
    await heading.waitFor()
    await page.goBack()
  }
})

test('an id that leads nowhere is answered calmly, with 404 and the way back', async () => {
  const page = await site.openAs('VIEWER')
  for (const path of ['goods/nowhere', 'nonsense/shirt', 'toString/shirt', `goods/${'x'.repeat(256)}`, 'goods/%00']) {
    const answer = await page.goto(`/admin/catalog/${path}?from=7`)
    expect([path, answer?.status()]).toEqual([path, 404])
  }
  await page.goto('/admin/catalog/goods/nowhere?from=7')
  await page.getByRole('heading', { name: 'Такой записи в базе нет' }).waitFor()
  expect(await page.getByRole('link', { name: 'Сессия импорта 7' }).getAttribute('href')).toBe('/admin/imports/7')
  for (const from of ['0', '-1', '7x', '9999999999', '//evil.example']) {
    await page.goto(`/admin/catalog/goods/nowhere?from=${from}`)
    expect(await page.locator('main').getByRole('link').getAttribute('href')).toBe('/admin/imports')
  }
})

test('a customer is shown to operators; a viewer is refused, and not even told the name', async () => {
  await importNow(['catalog', 'customers'], site.exportDirectory)
  const operator = await site.openAs('OPERATOR')
  await operator.goto('/admin/catalog/customers/ivan')
  await operator.getByRole('heading', { name: 'Иванов', level: 1 }).waitFor()

  const viewer = await site.openAs('VIEWER')
  const answer = await viewer.goto('/admin/catalog/customers/ivan')
  expect(answer?.status()).toBe(403)
  await viewer.getByRole('heading', { name: 'Нет доступа' }).waitFor()
  expect(await answer?.text()).not.toContain('Иванов')
  await viewer.goto('/admin/imports/1')
  await viewer.locator('[data-changes="customers"] summary').click()
  await viewer.locator('[data-changes="customers"]').getByRole('button', { name: /ivan/ }).waitFor()
  expect(await viewer.locator('[data-changes="customers"]').getByRole('link').count()).toBe(0)
})
