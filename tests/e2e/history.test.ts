import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { rowOf } from '@/tests/e2e/list-page'
import { query } from '@/tests/setup/imports'
import { serveSite } from '@/tests/setup/site'

const site = serveSite()

test('an operator narrows, orders and turns the history, its address holds it all, and takes it away as a file', async () => {
  const page = await site.openAs('OPERATOR')
  await query(`insert into import_sessions (types, source, request_key, status, error_message, created_by, created_at, started_at, finished_at)
    select '{prices}', '/x', 'x', 'FAILED', 'Файл prices.xml обрывается', case when n <= 45 then (select min(id) from users) end, at, at, at + n * interval '1 second'
    from generate_series(1, 50) as n cross join lateral (select timestamptz '2026-11-01 00:00+03' + n * interval '1 hour' as at) as moment`)
  await page.reload()
  await page.getByText('Найдено: 50.').waitFor()

  await page.getByLabel('Статус').selectOption('Ошибка')
  await page.getByLabel('Кто запустил').selectOption('operator@example.org')
  await page.getByLabel('Созданы не раньше').fill('2026-11-01')
  await page.getByLabel('Созданы не позже').fill('2026-11-02')
  await page.getByLabel('Поиск').fill('prices.xml')
  await page.getByRole('button', { name: 'Показать' }).click()
  // What was left empty is not in the address.
  await page.waitForURL(/\/admin\/imports\?status=FAILED&who=\d+&from=2026-11-01&to=2026-11-02&q=prices\.xml$/)
  await rowOf(page, 45).waitFor()
  expect(await page.locator('tr[data-session-id]').count()).toBe(20)

  await page.getByRole('columnheader', { name: 'Длительность' }).getByRole('link').click()
  await page.waitForURL(/sort=longest/)
  await page.getByRole('columnheader', { name: 'Длительность' }).getByRole('link').click()
  await page.waitForURL(/sort=shortest/)
  await rowOf(page, 1).waitFor()
  await page.getByRole('link', { name: 'Вперёд' }).click()
  await rowOf(page, 21).waitFor()
  await page.reload()
  await rowOf(page, 40).waitFor()
  expect(await page.getByLabel('Порядок').inputValue()).toBe('shortest')
  await page.getByRole('link', { name: 'Назад' }).click()
  await rowOf(page, 20).waitFor()

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Скачать CSV' }).click()
  const lines = (await readFile(await (await download).path(), 'utf8')).split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFFID;Тип импорта;Статус;/)
  expect(lines.slice(1, -1).map((line) => line.split(';')[0])).toEqual(Array.from({ length: 45 }, (_, i) => `${i + 1}`))
  expect(lines[1]).toContain(';2026-11-01 01:00:00;')
  const stranger = await site.open()
  const answer = await stranger.context().request.get('/admin/imports/history.csv', { maxRedirects: 0 })
  expect([answer.status(), await answer.text()]).toEqual([307, expect.not.stringContaining('prices')])

  await page.getByRole('link', { name: 'Сбросить условия' }).click()
  await page.getByText('Найдено: 50.').waitFor()
  await page.goto('/admin/imports?q=%D0%BD%D0%B5%D1%82+%D1%82%D0%B0%D0%BA%D0%BE%D0%B3%D0%BE')
  await page.getByText('Под эти условия не подходит ни одна сессия.').waitFor()
})

test('the overview says what is old, what runs, and what the month was like, in charts that are tables too', async () => {
  await query(`insert into import_sessions (types, source, request_key, status, created_at, started_at, finished_at)
    select '{stocks}', '/x', 'x', 'COMPLETED', at, at, at + interval '90 seconds'
    from generate_series(9, 14) as n cross join lateral (select now() - n * interval '1 day' as at) as moment`)
  await query(`insert into import_problem_totals values (1, 'stock', 'warning', 'negative_stock', 1234)`)
  const page = await site.openAs('VIEWER')
  await page.getByRole('link', { name: 'Обзор' }).click()
  await page.getByRole('heading', { name: 'Обзор', level: 1 }).waitFor()
  const stocks = page.locator('tr[data-import-type="stocks"]')
  expect(await stocks.textContent()).toMatch(/Завершено[\s\S]*сессия 1[\s\S]*9 дней назад, устарели[\s\S]*раз в день/)
  expect(await page.locator('tr[data-stale]').count()).toBe(1)
  expect(await page.locator('tr[data-import-type="customers"]').textContent()).toContain('ещё не было')
  await page.getByText('Ни один обработчик не запущен.').waitFor()
  await page.getByText('Сейчас ничего не идёт и не ждёт.').waitFor()
  const chart = page.getByRole('figure').filter({ has: page.getByRole('img', { name: /Сколько длились/ }) })
  await chart.getByText('Показать таблицей').click()
  expect(await chart.getByRole('row').count()).toBe(31)
  expect(await chart.getByRole('cell', { name: '1 мин 30 с' }).count()).toBe(12)
  expect(await page.locator('tr[data-problem-code="negative_stock"]').textContent()).toMatch(/1\s234/)
})
