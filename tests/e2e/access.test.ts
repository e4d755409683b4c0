import type { Page, Request } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { cancelSession } from '@/lib/imports/cancel'
import { startImport } from '@/lib/imports/commands'
import { good, writeExport } from '@/tests/fixtures/export'
import { serveSite } from '@/tests/setup/site'
import { userWithRole } from '@/tests/setup/users'

const site = serveSite()
const sessions = () => database().importSession.count()

beforeEach(async () => {
  await writeExport(site.exportDirectory, { goods: [good({ id: 'g1' })] })
})

describe('a signed-out visitor', () => {
  test.each(['/', '/admin', '/admin/imports', '/admin/imports/new', '/admin/imports/1', '/admin/overview'])(
    'who opens %s sees the login page only',
    async (path) => {
      const page = await site.open()
      await page.goto(path)
      await page.waitForURL('**/login**')
      await page.getByRole('button', { name: 'Войти' }).waitFor()
      expect(await page.locator('main').textContent()).not.toMatch(/импорт/i)
    },
  )

  test('who mistypes the password is told no more than that', async () => {
    const { email } = await userWithRole('OPERATOR')
    const page = await site.open()
    const tell = async (address: string) => {
      await page.goto('/login')
      await page.getByLabel('Эл. почта').fill(address)
      await page.getByLabel('Пароль').fill('not the password')
      await page.getByRole('button', { name: 'Войти' }).click()
      return page.locator('form').getByRole('alert').textContent()
    }
    expect(await tell(email)).toBe('Неверная почта или пароль.')
    expect(await tell('nobody@example.org')).toBe('Неверная почта или пароль.')
  })
})

test('a viewer reads the list and finds nothing there that starts an import', async () => {
  const page = await site.openAs('VIEWER')
  expect(await page.getByRole('link', { name: 'Запустить импорт из 1С' }).count()).toBe(0)
  await page.goto('/admin/imports/new')
  expect(await page.getByRole('button', { name: 'Запустить импорт' }).isDisabled()).toBe(true)
})

test('the action called directly starts an import for an operator, but not for a viewer or somebody signed out', async () => {
  const operator = await site.openAs('OPERATOR')
  const action = await catchAction(operator, '/admin/imports/new', async () => {
    await operator.getByRole('checkbox', { name: 'Полный каталог' }).check()
    await operator.getByRole('button', { name: 'Запустить импорт' }).click()
  })

  const viewer = await site.openAs('VIEWER')
  await call(viewer, action)
  expect(await sessions()).toBe(0)
  await call(await site.open(), action)
  expect(await sessions()).toBe(0)

  await call(operator, action)
  expect(await sessions()).toBe(1)
})

test('the action that deletes, called directly, deletes for an admin only', async () => {
  const admin = await site.openAs('ADMIN')
  await startImport({ types: ['catalog'], source: site.exportDirectory, actor: null })
  await cancelSession(1, null)
  const action = await catchAction(admin, '/admin/imports/1', async () => {
    await admin.getByRole('button', { name: 'Удалить, сессия 1' }).click()
    await admin.getByRole('button', { name: 'Удалить сессию' }).click()
  })

  for (const page of [await site.openAs('OPERATOR'), await site.openAs('VIEWER'), await site.open()]) {
    await call(page, action)
    expect(await sessions()).toBe(1)
  }
  await call(admin, action)
  expect(await sessions()).toBe(0)
})

test('somebody whose access is taken away is out at the next request', async () => {
  const page = await site.openAs('OPERATOR')
  await database().user.update({ where: { email: 'operator@example.org' }, data: { isActive: false } })
  await page.goto('/admin/imports')
  await page.waitForURL('**/login**')
})

/** The request that a form of the page sends, held back on its way. */
async function catchAction(page: Page, path: string, submit: () => Promise<void>): Promise<Request> {
  await page.goto(path)
  const caught = new Promise<Request>((resolve) => {
    page.route(`**${path}`, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      resolve(route.request())
      await route.abort()
    })
  })
  await submit()
  return caught
}

/** Sends the same request with the cookies of this window. */
async function call(page: Page, action: Request): Promise<void> {
  const { cookie: _, ...headers } = await action.allHeaders()
  const sendable = Object.entries(headers).filter(([name]) => !name.startsWith(':') && name !== 'content-length')
  await page.context().request.post(action.url(), {
    headers: Object.fromEntries(sendable),
    data: action.postDataBuffer() ?? '',
    maxRedirects: 0,
  })
}
