import { expect, test } from 'vitest'
import { good, writeExport } from '@/tests/fixtures/export'
import { serveSite } from '@/tests/setup/site'

const site = serveSite()

test('an operator adds, changes, switches and deletes a schedule; a viewer only looks', async () => {
  await writeExport(site.exportDirectory, { goods: [good({ id: 'g1' })] })
  const page = await site.openAs('OPERATOR')
  await page.getByRole('link', { name: 'Расписание' }).click()
  await page.getByRole('link', { name: 'Добавить расписание' }).click()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Назовите расписание').waitFor()
  await page.getByText('Выберите, что импортировать').waitFor()

  await page.getByLabel('Название').fill('Каталог ночью')
  await page.getByRole('checkbox', { name: 'Полный каталог' }).check()
  await page.getByLabel('Как часто').selectOption('Другое (выражение cron)')
  await page.getByRole('textbox', { name: 'Выражение cron' }).fill('0 3 31 2 *')
  await page.getByText('Такого времени запуска нет').waitFor()
  await page.getByLabel('Как часто').selectOption('По будням')
  await page.getByLabel('Время').fill('04:30')
  await page.getByText('по будням в 04:30; ближайшие запуски').waitFor()
  await page.getByRole('button', { name: 'Сохранить' }).click()

  const row = page.locator('tr[data-schedule-id="1"]')
  await row.getByText('по будням в 04:30').waitFor()
  const toggle = row.getByRole('switch', { name: 'Расписание «Каталог ночью»' })
  await toggle.click()
  await row.getByText('Выключено').waitFor()
  await toggle.click()
  await row.getByText('Включено').waitFor()

  await row.getByRole('link', { name: 'Изменить «Каталог ночью»' }).click()
  await page.getByLabel('Название').fill('Каталог утром')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await row.getByRole('link', { name: 'Каталог утром', exact: true }).waitFor()

  const viewer = await site.openAs('VIEWER')
  await viewer.goto('/admin/schedules/1')
  await viewer.getByText('Запусков ещё не было').waitFor()
  expect(await viewer.getByRole('button', { name: 'Сохранить' }).count()).toBe(0)
  expect(await viewer.getByRole('switch').count()).toBe(0)

  await row.getByRole('button', { name: 'Удалить «Каталог утром»' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click()
  await page.getByText('Расписаний ещё нет').waitFor()
})
