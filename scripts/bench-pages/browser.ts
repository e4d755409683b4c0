import type { Page } from 'playwright-core'
import type { BenchSite } from '@/scripts/bench-pages/site'
import { launchBrowser } from '@/tests/setup/browser'

/** Opens the list in a real browser, signed in, and does something with it. */
export async function withList<Result>(
  { url, headers }: BenchSite,
  work: (page: Page) => Promise<Result>,
  events: 'with events' | 'without events' = 'with events',
): Promise<Result> {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ baseURL: url, locale: 'ru-RU', timezoneId: 'Europe/Moscow' })
    await context.addCookies(
      headers.cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
        return { name, value, url }
      }),
    )
    const page = await context.newPage()
    if (events === 'without events') await page.route('**/api/imports/events*', (route) => route.abort())
    await page.goto('/admin/imports')
    await page.locator(`[data-live="${events === 'with events' ? 'on' : 'off'}"]`).waitFor()
    return await work(page)
  } finally {
    await browser.close()
  }
}
