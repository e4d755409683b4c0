import { mkdirSync } from 'node:fs'
import path from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { ARTIFACTS } from '@/tests/setup/build'

/** Starts Chromium out of its npm package: nothing is installed, and it runs as root too. */
export async function launchBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu'] })
}

/** A window of its own for somebody, signed out; closed when the test ends, pictured when it fails. */
export async function openWindow(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: 'ru-RU', timezoneId: 'Europe/Moscow' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await takePicture(page, task.name)
    await context.close()
    if (errors[0]) throw errors[0]
  })
  return page
}

async function takePicture(page: Page, testName: string): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true })
  const name = testName.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)
  // The page may be gone: the test has failed anyway, and says why.
  await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`), fullPage: true }).catch(() => {})
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('Эл. почта').fill(email)
  await page.getByLabel('Пароль').fill(password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.waitForURL('**/admin/imports')
}
