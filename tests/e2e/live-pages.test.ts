import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { isSameDocument, markDocument, rowShows } from '@/tests/e2e/list-page'
import { good, writeExport } from '@/tests/fixtures/export'
import { launchBrowser, openWindow, signIn } from '@/tests/setup/browser'
import { type Cable, layCable } from '@/tests/setup/cable'
import { eventually } from '@/tests/setup/eventually'
import { signInByHttp } from '@/tests/setup/http-session'
import { emptyDatabase, query, start } from '@/tests/setup/imports'
import { userWithRole } from '@/tests/setup/users'
import { startWeb, type WebServer } from '@/tests/setup/web'

/** How long something is away, and how soon after that an open page shows the truth, in milliseconds. */
const AWAY_MS = 10_000
const TRUTH_WITHIN_MS = 10_000

let cable: Cable
let web: WebServer
let browser: Browser
let source: string

beforeAll(async () => {
  source = await mkdtemp(path.join(tmpdir(), 'obmen-test-export-'))
  await writeExport(source, { goods: [good({ id: 'g1' })] })
  cable = await layCable(process.env.DATABASE_URL ?? '')
  ;[web, browser] = await Promise.all([startWeb({ ONEC_DATA_DIR: source, DATABASE_URL: cable.url }), launchBrowser()])
})
beforeEach(emptyDatabase)
afterAll(async () => {
  await browser?.close()
  await web?.stop()
  await rm(source, { recursive: true, force: true })
})

async function openList(): Promise<Page> {
  const page = await openWindow(browser, web.url)
  await signIn(page, await userWithRole('OPERATOR'))
  await page.locator('[data-live="on"]').waitFor()
  await markDocument(page)
  return page
}

/** What happens while nobody can be told. */
const failSession = (id: number) =>
  query(
    `update import_sessions set status = 'FAILED', finished_at = now(), error_message = 'Пока никто не видел' where id = $1`,
    [id],
  )

/** The row's state, without touching the page, within the time promised. */
const showsInTime = (page: Page, id: number) =>
  page.locator(`tr[data-session-id="${id}"][data-job-state="FAILURE"]`).waitFor({ timeout: TRUTH_WITHIN_MS })

const says = (page: Page, text: RegExp) => page.getByText(text).waitFor({ timeout: AWAY_MS })

test('an idle list shows what is started elsewhere, having asked for nothing before, and keeps what is typed', async () => {
  const page = await openList()
  await start(['catalog'], source)
  await rowShows(page, 1, 'PENDING')
  await query('update import_sessions set status = $1, finished_at = now()', ['CANCELLED'])
  await rowShows(page, 1, 'CANCELLED')
  await page.locator('[data-auto-refresh="off"]').waitFor()

  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByLabel('Поиск').fill('не отправлено')
  // Nothing to wait for: it is the absence of requests that is shown, for longer than a poll's five seconds.
  await setTimeout(6_000)
  expect(asked).toEqual([])

  await start(['catalog'], source)
  await rowShows(page, 2, 'PENDING')
  expect(await page.getByLabel('Поиск').inputValue()).toBe('не отправлено')
  expect(await page.getByLabel('Поиск').evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await isSameDocument(page)).toBe(true)
})

test('a refresh keeps the filter and the page of the list, and of a session open panels, place, focus and selection', async () => {
  await query(
    `insert into import_sessions (types, source, request_key, status, created_at, finished_at)
     select '{catalog}', '/x', n, case when n = 30 then 'COMPLETED' else 'FAILED' end::session_status,
       now() - (31 - n) * interval '1 minute', now() from generate_series(1, 30) as n`,
  )
  await query(`insert into import_problems (session_id, severity, code, message)
    select 9, 'error', 'missing_name', 'Нет названия ' || n from generate_series(1, 40) as n`)
  await query(`insert into import_problem_totals values (9, '', 'error', 'missing_name', 40)`)
  const page = await openList()
  await page.goto('/admin/imports?status=FAILED')
  await page.getByRole('link', { name: 'Вперёд' }).click()
  await page.waitForURL('**status=FAILED**after=**')
  const rowIds = () =>
    page.locator('tr[data-session-id]').evaluateAll((rows) => rows.map((row) => row.dataset.sessionId))
  await eventually(async () => expect(await rowIds()).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1']))
  const address = page.url()
  await query(`update import_sessions set error_message = 'Узнали позже' where id = 9`)
  await page.getByText('Узнали позже').waitFor()
  expect(page.url()).toBe(address)
  expect(await rowIds()).toHaveLength(9)

  await page.goto('/admin/imports/9')
  await page.locator('[data-live="on"]').waitFor()
  await markDocument(page)
  const panel = page.locator('details').filter({ hasText: 'missing_name' })
  await panel.locator('summary').click()
  const look = () =>
    page.evaluate(() => ({
      place: Math.round(scrollY),
      focus: document.activeElement?.tagName,
      selected: `${getSelection()}`,
      open: document.querySelectorAll('details[open]').length,
    }))
  await panel.getByText('Нет названия 1', { exact: true }).selectText()
  await page.evaluate(() => scrollTo(0, 400))
  const before = await look()
  expect(before).toEqual({ place: 400, focus: 'SUMMARY', selected: 'Нет названия 1', open: 1 })
  // In the log, below: what comes above pushes everything down, as it must.
  await query(
    `insert into import_log_lines (session_id, at, level, message) values (9, now(), 'info', 'Строка, которой не было')`,
  )
  await page.getByText('Строка, которой не было').waitFor()
  expect(await look()).toEqual(before)
  expect(await isSameDocument(page)).toBe(true)
})

test('a page keeps its title while it is refreshed', async () => {
  const { sessionId: id } = await start(['catalog'], source)
  const page = await openList()
  await page.goto(`/admin/imports/${id}`)
  await page.locator('[data-live="on"]').waitFor()
  await page.evaluate(() => {
    const titles = Object.assign(window, { obmenTitles: [document.title] }).obmenTitles
    new MutationObserver(() => titles.push(document.title)).observe(document.head, { childList: true, subtree: true })
  })
  // Where Next.js streams metadata, about one refresh in twenty loses it.
  for (let n = 1; n <= 20; n++) {
    await query('update import_sessions set error_message = $2 where id = $1', [id, `Узнали ${n}`])
    await page.getByText(`Узнали ${n}`, { exact: true }).first().waitFor()
  }
  const titles = await page.evaluate(() => (window as Window & { obmenTitles?: string[] }).obmenTitles)
  expect(new Set(titles)).toEqual(new Set([`В очереди · Сессия импорта ${id} · Obmen`]))
})

test('who is disabled under an open page is led to the login, and from there back', async () => {
  const page = await openList()
  await page.goto('/admin/imports?status=FAILED')
  await page.locator('[data-live="on"]').waitFor()
  await database().user.updateMany({ data: { isActive: false } })
  await page.waitForURL(`**/login?callbackUrl=${encodeURIComponent('/admin/imports?status=FAILED')}`)
})

test('the network or the database is away for ten seconds: pages say so, and show the truth soon after', async () => {
  const [offline, waiting, late] = [await openList(), await openList(), await openList()]
  const { sessionId: id } = await start(['catalog'], source)
  for (const page of [offline, waiting]) await rowShows(page, id, 'PENDING')

  await Promise.all([offline.context().setOffline(true), cable.cut()])
  const opened = late.goto(`/admin/imports/${id}`)
  await Promise.all([
    says(offline, /^Нет связи с сервером, данные от \d\d:\d\d:\d\d$/),
    says(waiting, /^База данных не отвечает, данные от \d\d:\d\d:\d\d$/),
    opened.then(() => late.getByRole('heading', { name: 'Страница не открылась' }).waitFor()),
    setTimeout(AWAY_MS),
  ])
  await failSession(id)
  await Promise.all([offline.context().setOffline(false), cable.join()])
  await Promise.all([
    showsInTime(offline, id),
    showsInTime(waiting, id),
    late.locator('main[data-job-state="FAILURE"]').waitFor({ timeout: TRUTH_WITHIN_MS }),
  ])
  for (const page of [offline, waiting]) {
    await page.getByText(/^Обновлено: /).waitFor()
    expect(await isSameDocument(page)).toBe(true)
  }
})

test('the web process dies and comes back after ten seconds: the page says so, and shows the truth soon after', async () => {
  const page = await openList()
  const { sessionId: id } = await start(['catalog'], source)
  await rowShows(page, id, 'PENDING')
  await web.stop()
  await Promise.all([says(page, /^Нет связи с сервером, данные от/), setTimeout(AWAY_MS)])
  await failSession(id)
  web = await startWeb({ ONEC_DATA_DIR: source, DATABASE_URL: cable.url }, Number(new URL(web.url).port))
  await showsInTime(page, id)
  expect(await isSameDocument(page)).toBe(true)
})

test('a web process that is asked to stop ends each connection with its next answer', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (path: string, headers = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${web.url}${path}`, { agent, headers }, resolve).on('error', reject)
    })
  const { cookie } = await signInByHttp(web.url, await userWithRole('OPERATOR'))
  const stream = await ask('/api/imports/events', { cookie })
  const stopped = web.stop('SIGTERM')
  // The stream ends, and its connection is free for what comes next.
  await stream.resume().toArray()
  const answer = await ask('/api/health')
  expect(answer.headers.connection).toBe('close')
  answer.resume()
  expect(await stopped).toBe(143)
  web = await startWeb({ ONEC_DATA_DIR: source, DATABASE_URL: cable.url }, Number(new URL(web.url).port))
})

test('a web process with open pages stops when it is asked to', async () => {
  const page = await openList()
  // Next.js's code for it: all responses have ended, none was cut off.
  expect(await web.stop('SIGTERM')).toBe(143)
  await says(page, /^Нет связи с сервером/)
})
