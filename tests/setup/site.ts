import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Role } from '@/prisma/client/enums'
import { launchBrowser, openWindow, signIn } from '@/tests/setup/browser'
import { emptyDatabase } from '@/tests/setup/imports'
import { userWithRole } from '@/tests/setup/users'
import { startWeb, type WebServer } from '@/tests/setup/web'

export interface Site {
  /** Where it is served. */
  readonly url: string
  /** Where the web server looks for the export; empty at first, kept from test to test. */
  readonly exportDirectory: string
  /** A window of somebody who has not signed in. */
  open(): Promise<Page>
  /** A window of somebody of that role, on the list of imports. */
  openAs(role: Role): Promise<Page>
}

/** For a file of browser tests: the web server and a browser for all of it, an empty catalogue before each test. */
export function serveSite(): Site {
  let web: WebServer
  let browser: Browser
  let exportDirectory: string

  beforeAll(async () => {
    exportDirectory = await mkdtemp(path.join(tmpdir(), 'obmen-test-export-'))
    ;[web, browser] = await Promise.all([startWeb({ ONEC_DATA_DIR: exportDirectory }), launchBrowser()])
  })
  beforeEach(emptyDatabase)
  afterAll(async () => {
    await browser?.close()
    await web?.stop()
    await rm(exportDirectory, { recursive: true, force: true })
  })

  return {
    get url() {
      return web.url
    },
    get exportDirectory() {
      return exportDirectory
    },
    open: () => openWindow(browser, web.url),
    async openAs(role) {
      const page = await openWindow(browser, web.url)
      await signIn(page, await userWithRole(role))
      return page
    },
  }
}
