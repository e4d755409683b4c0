import type { Page, Request } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { cancelSession } from '@/lib/imports/cancel'
import { startImport } from '@/lib/imports/commands'
import { admit, FREE_FAILURES } from '@/lib/users/throttle'
import { good, writeExport } from '@/tests/fixtures/export'
import { signIn } from '@/tests/setup/browser'
import { eventually } from '@/tests/setup/eventually'
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

test('who opens what is not there is told so, in the title too, and keeps the way to every section', async () => {
  const admin = await site.openAs('ADMIN')
  for (const path of ['/admin/users/999', '/admin/schedules/999', '/admin/nothing']) {
    await admin.goto(path)
    await admin.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
    await admin.waitForFunction(() => document.title === 'Такой страницы нет · Obmen')
    // Next.js knows no place for an unknown address, and shows the outermost page.
    const isKnown = path !== '/admin/nothing'
    expect(await admin.getByRole('navigation', { name: 'Разделы' }).count()).toBe(isKnown ? 1 : 0)
  }
})

test('on a narrow screen the section that is open stands in view', async () => {
  const admin = await site.openAs('ADMIN')
  await admin.setViewportSize({ width: 390, height: 800 })
  await admin.goto('/admin/users')
  const section = admin.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Пользователи' })
  await eventually(async () => {
    const box = await section.boundingBox()
    expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
  })
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

test('an administrator adds somebody, gives them a new password, closes their access; each counts at once', async () => {
  await database().user.deleteMany({ where: { email: 'nina@example.org' } })
  const admin = await site.openAs('ADMIN')
  await admin.getByRole('link', { name: 'Пользователи' }).click()
  await admin.getByRole('link', { name: 'Добавить пользователя' }).click()
  await admin.getByLabel('Эл. почта').fill('nina@example.org')
  await admin.getByLabel('Имя').fill('Нина')
  await admin.getByRole('combobox', { name: 'Роль' }).selectOption('VIEWER')
  await admin.getByRole('button', { name: 'Добавить пользователя' }).click()
  const nina = await site.open()
  await signIn(nina, { email: 'nina@example.org', password: await passwordOnce(admin) })
  const isOut = async () => {
    await nina.goto('/admin/imports')
    await nina.waitForURL('**/login**')
  }

  await admin.getByRole('link', { name: 'Открыть карточку' }).click()
  await admin.getByRole('button', { name: 'Сбросить пароль' }).click()
  const password = await passwordOnce(admin)
  await isOut()
  await signIn(nina, { email: 'nina@example.org', password })

  await admin.getByRole('button', { name: 'Закрыть доступ' }).click()
  await admin.getByText('Доступ закрыт, открытые входы завершены.').waitFor()
  await isOut()
  await admin.getByRole('button', { name: 'Открыть доступ' }).click()
  await admin.getByText('Доступ открыт.').waitFor()
  await isOut()

  await admin.getByRole('combobox', { name: 'Роль' }).selectOption('ADMIN')
  await admin.getByRole('button', { name: 'Сменить роль' }).click()
  await admin.getByText('Роль изменена.').waitFor()
  await admin.goto('/admin/audit')
  const recorded = await admin.locator('tr[data-action^="user."]').allTextContents()
  expect(
    recorded
      .slice(0, 5)
      .map(
        (row) =>
          /Изменена роль.*наблюдатель → администратор|Открыт доступ|Закрыт доступ|Сброшен пароль|Добавлен пользователь/.exec(
            row,
          )?.[0],
      ),
  ).toEqual([
    'Изменена рольнаблюдатель → администратор',
    'Открыт доступ',
    'Закрыт доступ',
    'Сброшен пароль',
    'Добавлен пользователь',
  ])
  await admin
    .locator('tr[data-action="user.role_changed"]')
    .first()
    .getByRole('link', { name: 'nina@example.org' })
    .click()
  await admin.getByRole('heading', { name: 'Нина' }).waitFor()
})

test('who changes their own password stays signed in here, and nowhere else', async () => {
  const { email, password } = await userWithRole('OPERATOR')
  const here = await site.open()
  await signIn(here, { email, password })
  const there = await site.open()
  await signIn(there, { email, password })

  await here.goto('/admin/profile')
  const change = async (current: string) => {
    await here.getByLabel('Текущий пароль').fill(current)
    await here.getByLabel('Новый пароль', { exact: true }).fill('quite another one')
    await here.getByLabel('Новый пароль ещё раз').fill('quite another one')
    await here.getByRole('button', { name: 'Сменить пароль' }).click()
  }
  await change('not the password')
  await here.getByText('Текущий пароль неверен.').waitFor()
  await change(password)
  await here.getByText('Пароль изменён. Остальные ваши входы завершены.').waitFor()
  await here.goto('/admin/imports')
  await here.getByRole('heading', { name: 'Сессии импорта' }).waitFor()
  await there.goto('/admin/imports')
  await there.waitForURL('**/login**')
})

test('who has failed too often is told when to try again, until an administrator lets them in', async () => {
  const { email, password } = await userWithRole('VIEWER')
  for (let n = 0; n < FREE_FAILURES.account; n++) await admit(email, null)
  const page = await site.open()
  const enter = async () => {
    await page.goto('/login')
    await page.getByLabel('Эл. почта').fill(email)
    await page.getByLabel('Пароль').fill(password)
    await page.getByRole('button', { name: 'Войти' }).click()
  }
  await enter()
  await page.getByText(/Слишком много неудачных попыток. Попробуйте снова через \d+ секунд/).waitFor()

  const admin = await site.openAs('ADMIN')
  await admin.goto('/admin/users')
  await admin.getByRole('row', { name: email }).getByText('Вход закрыт до').waitFor()
  await admin.getByRole('link', { name: email }).click()
  await admin.getByRole('button', { name: 'Разрешить вход сейчас' }).click()
  await admin.getByText('Разрешить вход сейчас').waitFor({ state: 'detached' })
  await enter()
  await page.waitForURL('**/admin/imports')
})

/** The password that the page shows this once. */
async function passwordOnce(page: Page): Promise<string> {
  const password = await page.getByRole('button', { name: 'Скопировать пароль' }).textContent()
  return password ?? ''
}

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
