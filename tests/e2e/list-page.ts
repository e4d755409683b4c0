import type { Locator, Page } from 'playwright-core'
import type { JobState } from '@/lib/imports/status'

// What a person does on the pages of imports, in the words of the pages.

/** Starts the chosen types by the form and waits for the list. */
export async function startByForm(page: Page, ...types: string[]): Promise<void> {
  await page.goto('/admin/imports')
  await page.getByRole('link', { name: 'Запустить импорт из 1С' }).first().click()
  for (const type of types) await page.getByRole('checkbox', { name: type }).check()
  await page.getByRole('button', { name: 'Запустить импорт' }).click()
  await page.waitForURL('**/admin/imports?started=*')
}

export const rowOf = (page: Page, sessionId: number): Locator => page.locator(`tr[data-session-id="${sessionId}"]`)

/** Waits, without touching the page, until the row shows the job state. */
export const rowShows = (page: Page, sessionId: number, state: JobState): Promise<void> =>
  page.locator(`tr[data-session-id="${sessionId}"][data-job-state="${state}"]`).waitFor()

/** Marks the document; a reload would lose the mark. */
export const markDocument = (page: Page) => page.evaluate(() => Object.assign(window, { obmenMark: 'same document' }))

export const isSameDocument = (page: Page): Promise<boolean> =>
  page.evaluate(() => (window as Window & { obmenMark?: string }).obmenMark === 'same document')
