import { mkdtemp, rm } from 'node:fs/promises'
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

test('a web process with open pages stops when it is asked to', async () => {
  const page = await openList()
  // Next.js's code for it: all responses have ended, none was cut off.
  expect(await web.stop('SIGTERM')).toBe(143)
  await says(page, /^Нет связи с сервером/)
})
