import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isSameDocument, markDocument, startByForm } from '@/tests/e2e/list-page'
import { good, writeExport } from '@/tests/fixtures/export'
import { runDueJobs } from '@/tests/setup/imports'
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

test('the bell tells of a settled import by itself, and each chooses what to hear of', async () => {
  await writeExport(site.exportDirectory, { goods: [good({ id: 'g1' })] })
  const page = await site.openAs('OPERATOR')
  const elsewhere = await site.openAs('VIEWER')
  await elsewhere.goto('/admin/profile')
  await markDocument(elsewhere)
  await startByForm(page, 'Полный каталог')
  await markDocument(page)
  await runDueJobs()
  const bellOf = (of: Page) => of.getByRole('link', { name: 'Уведомления: 1 непрочитанное' })
  const bell = bellOf(page)
  await bell.waitFor()
  expect(await isSameDocument(page)).toBe(true)
  await bellOf(elsewhere).waitFor()
  expect(await isSameDocument(elsewhere), 'a page that shows no imports is told as well').toBe(true)

  await bell.click()
  const notice = page.locator('[data-notice="1"]')
  await notice.getByRole('button', { name: 'Отметить прочитанным: Импорт завершён, сессия 1' }).waitFor()
  // Opening it is reading it.
  await notice.getByRole('link', { name: 'Сессия 1: Полный каталог' }).click()
  await page.getByRole('heading', { name: 'Сессия импорта 1' }).waitFor()
  await page.getByRole('link', { name: 'Уведомления', exact: true }).click()
  await notice.waitFor()
  expect(await notice.getAttribute('data-read')).toBe('true')

  await page.getByLabel('По почте').selectOption('Только неудавшиеся')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено.').waitFor()
  await page.reload()
  expect(await page.getByLabel('По почте').inputValue()).toBe('failures')

  await page.getByLabel('Адрес').fill('http://127.0.0.1:5432/')
  await page.getByRole('button', { name: 'Добавить вебхук' }).click()
  await page.getByText('в открытом интернете').waitFor()
  await page.getByLabel('Адрес').fill('https://hooks.example.org/obmen')
  await page.getByRole('button', { name: 'Добавить вебхук' }).click()
  await page.getByRole('button', { name: 'Проверить: https://hooks.example.org/obmen' }).click()
  await page.locator('[data-delivery="waiting"]').getByText('Проверка').waitFor()
  await page.getByRole('button', { name: 'Удалить вебхук https://hooks.example.org/obmen' }).click()
  await page.getByText('Вебхуков нет').waitFor()
})

test('the service worker of the page shows what is pushed to it', async () => {
  const page = await site.openAs('VIEWER')
  await page.goto('/admin/notifications')
  const { origin } = new URL(page.url())
  await page.context().grantPermissions(['notifications'], { origin })
  await page.getByRole('button', { name: 'Включить в этом браузере' }).click()
  // The push service of Chromium's maker cannot be reached from a test.
  await page.getByText('не смог подписаться').waitFor()

  const devtools = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations
      if (registration) resolve(registration.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify({
      title: 'Импорт не удался',
      body: 'Сессия 7',
      url: `${origin}/admin/imports/7`,
      tag: 'obmen-1',
    }),
  })
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.ready
    const [shown] = await registration.getNotifications()
    return shown?.title === 'Импорт не удался' && shown.tag === 'obmen-1'
  })
})
