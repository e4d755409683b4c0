import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { hashPassword } from '@/lib/password'
import { may, type Permission } from '@/lib/permissions'
import { admit, FREE_FAILURES } from '@/lib/users/throttle'
import type { Role } from '@/prisma/client/enums'
import {
  ACTIONS,
  effectOf,
  insertSchedule,
  type Need,
  OWN_PASSWORD,
  placeOf,
  ROUTES,
  type World,
} from '@/tests/e2e/authorisation'
import { customer, good, price, priceType, writeExport } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { picture, writePictures } from '@/tests/fixtures/pictures'
import { DIST_DIR } from '@/tests/setup/build'
import { type SignIn, signInByHttp } from '@/tests/setup/http-session'
import { emptyDatabase, importNow, query } from '@/tests/setup/imports'
import { actionsInSources, callAction, filesUnder } from '@/tests/setup/next-actions'
import { serveSite } from '@/tests/setup/site'
import { startWeb } from '@/tests/setup/web'

const site = serveSite()

// «ended» has a cookie that was good once: what the middleware lets through, the page itself must refuse.
const PEOPLE = ['nobody', 'ended', 'VIEWER', 'OPERATOR', 'ADMIN'] as const
type Person = (typeof PEOPLE)[number]

const mayDo = (person: Person, need: Need): boolean => {
  if (need === 'nothing') return true
  if (need === 'nobody') return false
  if (person === 'nobody' || person === 'ended') return false
  return need === 'sign_in' || may(person as Role, need as Permission)
}

/** What an entry is about, a file or an action, without the word for what of it. */
const aboutOf = (entry: string) => entry.split(' ', 1)[0] ?? ''

const emailOf = (person: Person) => `${person.toLowerCase()}@obmen.test`
let passwordHash: string
const cookies = {} as Record<Person, string>
let world: World

beforeAll(async () => {
  passwordHash = await hashPassword(OWN_PASSWORD)
  for (const person of PEOPLE) {
    if (person === 'nobody') cookies.nobody = ''
    else {
      const role = person === 'ended' ? 'ADMIN' : person
      await database().user.create({ data: { email: emailOf(person), role, passwordHash } })
      cookies[person] = (await signInByHttp(site.url, { email: emailOf(person), password: OWN_PASSWORD })).cookie
    }
  }
})

beforeEach(async () => {
  await writePictures(site.exportDirectory, { 'a.png': await picture('red', 'png') })
  await writeExport(site.exportDirectory, {
    goods: [good({ id: 'g', pictures: ['a.png'] })],
    customers: [customer({ id: 'c' })],
  })
  world = { sessionId: 1, id: 1, scheduleId: await insertSchedule(), pictureHash: '', targetId: await target() }
})

/** Everybody as they were, and somebody to be changed. */
async function target(): Promise<number> {
  await query('update users set password_hash = $1, session_epoch = (email = $2)::int', [
    passwordHash,
    emailOf('ended'),
  ])
  await query('truncate login_attempts')
  const data = { role: 'VIEWER', isActive: true, passwordHash } as const
  const where = { email: 'target@obmen.test' }
  return (await database().user.upsert({ where, create: { ...where, ...data }, update: data })).id
}

/** What is asked for, as one of them. */
const ask = (path: string, person: Person = 'nobody', init: RequestInit = {}) =>
  fetch(`${site.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { Cookie: cookies[person], ...(init.headers as Record<string, string>) },
  })

const filledWorld = async (): Promise<World> => {
  const { id } = await importNow(['catalog', 'customers'], site.exportDirectory)
  const [image] = await query<{ hash: string }>('select hash from product_images')
  return { ...world, sessionId: id, pictureHash: image?.hash ?? '' }
}

describe('who may see what', () => {
  test('every page and route of the sources has its entry in tests/e2e/authorisation.ts, and the other way round', () => {
    const found = filesUnder('app').filter((file) => /\/(page|route)\.tsx?$/.test(file))
    expect([...new Set(Object.keys(ROUTES).map(aboutOf))].sort()).toEqual(
      found.map((file) => file.slice('app/'.length)).sort(),
    )
    expect([...new Set(Object.keys(ACTIONS).map(aboutOf))].sort()).toEqual(actionsInSources().sort())
  })

  test('every page and route answers those who may, and nobody else; and every answer is armoured', async () => {
    const there = await filledWorld()
    for (const [file, rule] of Object.entries(ROUTES)) {
      const address = placeOf(rule.path, there)
      for (const person of PEOPLE) {
        const answer = await ask(address, person)
        const said = `${file} as ${person}`
        if (mayDo(person, rule.needs)) {
          const signedIn = mayDo(person, 'sign_in')
          expect(answer.status, said).toBe((signedIn && rule.answersSignedIn) || (rule.answers ?? 200))
        } else if (file.endsWith('route.ts') && !address.startsWith('/admin')) {
          expect(answer.status, said).toBe(mayDo(person, 'sign_in') ? 403 : 401)
        } else if (mayDo(person, 'sign_in')) {
          expect(answer.status, said).toBe(403)
        } else if (!(file.endsWith('route.ts') && answer.status === 401)) {
          expect(answer.status, said).toBe(307)
          const to = new URL(answer.headers.get('location') ?? '', site.url)
          expect([to.origin, to.pathname, to.searchParams.get('callbackUrl')], said).toEqual([
            site.url,
            '/login',
            expect.stringMatching(/^\/admin/),
          ])
        }
        await expectArmour(answer, said, rule.streams)
      }
    }
  })

  test.each(Object.entries(ACTIONS))(
    'the action %s does it for those who may, and for nobody else',
    async (name, rule) => {
      for (const person of PEOPLE) {
        const there = { ...world, targetId: await target() }
        await emptyDatabase()
        if (rule.prepare) there.id = await rule.prepare(site.exportDirectory, emailOf(person))
        await blockTarget()
        const before = await effectOf(rule, null)
        const answer = await callAction(`${site.url}${placeOf(rule.page, there)}`, aboutOf(name), rule.args(there), {
          Cookie: cookies[person],
          Origin: site.url,
        })
        const done = (await effectOf(rule, answer)) !== before
        expect(done, `${name} as ${person} (${answer.status})`).toBe(mayDo(person, rule.needs))
      }
    },
  )

  test('an action that another site has the browser send does nothing', async () => {
    for (const Origin of ['https://evil.example', 'null', `${site.url}.evil.example`]) {
      const rule = ACTIONS['app/admin/imports/actions.ts#startImport']
      await callAction(
        `${site.url}/admin/imports/new`,
        'app/admin/imports/actions.ts#startImport',
        rule?.args(world) ?? [],
        {
          Cookie: cookies.OPERATOR,
          Origin,
        },
      )
      expect(await database().importSession.count(), Origin).toBe(0)
    }
  })
})

/** The account of `target@obmen.test` and an address, blocked as failed sign-ins would. */
async function blockTarget(): Promise<void> {
  for (let n = 0; n < FREE_FAILURES.account; n++) await admit('target@obmen.test', null)
  await query(
    `insert into login_attempts (key, failures, blocked_until) values ('address:192.0.2.1', 20, now() + interval '1 hour')`,
  )
}

/** What every answer must have: what may run, who may frame it, and how far it may be trusted. */
async function expectArmour(answer: Response, said: string, streams = false): Promise<void> {
  const { headers } = answer
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy, said).toContain("frame-ancestors 'none'")
  expect(policy, said).not.toMatch(/script-src[^;]*('unsafe-inline'|'unsafe-eval'|https?:|\*)/)
  expect(Object.fromEntries(headers), said).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  })
  // Not over http: a browser that comes by chance would be locked out.
  expect(headers.get('strict-transport-security'), said).toBeNull()
  expect(headers.get('x-powered-by'), said).toBeNull()
  if (streams && answer.ok) return answer.body?.cancel()
  const body = await answer.text()
  if (!headers.get('content-type')?.startsWith('text/html')) {
    if (body !== '' && answer.status < 300) expect(policy, said).toMatch(/default-src 'none'.*sandbox/)
    return
  }
  // Next.js answers for an address under /api/ that is not there with its page, which may do nothing.
  if (policy.includes('sandbox')) return
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  expect(nonce, said).toBeTruthy()
  for (const [tag] of body.matchAll(/<script\b[^>]*>/g)) expect(tag, said).toContain(`nonce="${nonce}"`)
  expect(body, said).not.toMatch(/<[a-z][^>]*\son[a-z]+=|href="javascript:/i)
}

describe('every answer is armoured', () => {
  test('what is not there, what is refused, and what does not differ from person to person', async () => {
    for (const address of [
      '/nowhere',
      '/api/nowhere',
      '/admin/imports/999',
      '/admin/imports/1%2F..%2F..',
      '/admin/users/x',
    ])
      await expectArmour(await ask(address, 'ADMIN'), address)
    await expectArmour(await ask('/api/health', 'nobody', { method: 'POST' }), 'a method that is not there')
    for (const file of ['/icon.svg', `/_next/static/${firstChunk()}`]) {
      const answer = await ask(file)
      expect([answer.status, answer.headers.get('x-content-type-options')], file).toEqual([200, 'nosniff'])
    }
    expect((await ask('/_next/image?url=%2Ficon.svg&w=64&q=75')).status).toBe(404)
  })

  test('a nonce is good for one answer', async () => {
    const policies = await Promise.all(
      [1, 2, 3].map(async () => (await ask('/login')).headers.get('content-security-policy')),
    )
    expect(new Set(policies).size).toBe(3)
  })

  test('over https the cookies are for https only, and the browser is told to stay there', async () => {
    const web = await startWeb({ NEXTAUTH_URL: 'https://obmen.test', TRUST_PROXY: '1' })
    try {
      const page = await fetch(`${web.url}/login`)
      expect(page.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
      expect(page.headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
      const headers = { 'X-Forwarded-For': '6.6.6.6, 198.51.100.7' }
      const signedIn = await signInByHttp(web.url, { email: emailOf('VIEWER'), password: OWN_PASSWORD }, { headers })
      expect(signedIn.setCookies.find((line) => line.includes('session-token'))).toMatch(
        /^__Secure-next-auth\.session-token=.*; Secure/,
      )
      // And there the proxy's word is the address.
      await signInByHttp(web.url, { email: emailOf('VIEWER'), password: 'wrong' }, { headers })
      expect(await query(`select key from login_attempts where key like 'address:%'`)).toEqual([
        { key: 'address:198.51.100.7' },
      ])
    } finally {
      await web.stop()
    }
  })
})

const firstChunk = () =>
  `chunks/${readdirSync(path.join(DIST_DIR, 'static', 'chunks')).find((name) => name.endsWith('.js'))}`

describe('the door', () => {
  const attempt = (email: string, password: string, headers: Record<string, string> = {}): Promise<SignIn> =>
    signInByHttp(site.url, { email, password }, { headers })
  const errorOf = ({ url }: SignIn) => url.searchParams.get('error')
  const opened = ({ setCookies }: SignIn) => setCookies.some((line) => /session-token=[^;]/.test(line))

  test('closes on an account after some failures, and says when to try again', async () => {
    for (const email of [emailOf('VIEWER'), 'unknown@obmen.test']) {
      await query('truncate login_attempts')
      await attempt(email, 'wrong')
      await query(`update login_attempts set failures = $1 where key like 'account:%'`, [FREE_FAILURES.account - 1])
      const last = await attempt(email, 'wrong')
      expect([errorOf(last), last.status]).toEqual(['CredentialsSignin', 401])
      const refused = await attempt(email, OWN_PASSWORD)
      expect(errorOf(refused)).toMatch(/^throttled-\d+$/)
      expect(opened(refused)).toBe(false)
    }
  })

  test('closes on an address, whatever the client says of itself', async () => {
    const lies = (n: number) => ({
      'X-Forwarded-For': `10.0.0.${n}`,
      'X-Obmen-Peer': `10.0.1.${n}`,
      'X-Real-IP': `10.0.2.${n}`,
    })
    await attempt('a@obmen.test', 'wrong', lies(1))
    await query(`update login_attempts set failures = $1 where key like 'address:%'`, [FREE_FAILURES.address - 1])
    await attempt('b@obmen.test', 'wrong', lies(2))
    expect(errorOf(await attempt('c@obmen.test', 'wrong', lies(3)))).toMatch(/^throttled-/)
    expect(await query(`select count(*)::int as n from login_attempts where key like 'address:%'`)).toEqual([{ n: 1 }])
  })

  test('gives a session of its own, whatever cookie came along, and for this site’s scripts to see nothing', async () => {
    const given = cookies.ADMIN
    const signedIn = await signInByHttp(
      site.url,
      { email: emailOf('VIEWER'), password: OWN_PASSWORD },
      { cookie: given },
    )
    const cookie = signedIn.setCookies.find((line) => line.startsWith('next-auth.session-token=')) ?? ''
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=Lax/i)
    const me = await fetch(`${site.url}/api/auth/session`, { headers: { Cookie: signedIn.cookie } })
    const { id } = await database().user.findUniqueOrThrow({ where: { email: emailOf('VIEWER') } })
    expect(await me.json()).toMatchObject({ userId: id })
    for (const forged of ['x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', given.slice(0, -3)])
      expect(
        (await fetch(`${site.url}/admin/imports`, { redirect: 'manual', headers: { Cookie: forged } })).status,
      ).toBe(307)
  })

  test('opens for nobody whom another site sends, and leads to no other site', async () => {
    const body = new URLSearchParams({
      email: emailOf('ADMIN'),
      password: OWN_PASSWORD,
      csrfToken: 'made up',
      json: 'true',
    })
    const forged = await fetch(`${site.url}/api/auth/callback/credentials`, {
      method: 'POST',
      body,
      redirect: 'manual',
    })
    expect(forged.headers.getSetCookie().join()).not.toMatch(/session-token=[^;]/)
    for (const callbackUrl of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/%5Cevil.example',
      '/%2F/evil.example',
    ]) {
      const signedIn = await signInByHttp(
        site.url,
        { email: emailOf('VIEWER'), password: OWN_PASSWORD },
        { callbackUrl },
      ).catch(() => null)
      if (signedIn) expect(signedIn.url.origin, callbackUrl).toBe(site.url)
      const login = await ask(`/login?callbackUrl=${encodeURIComponent(callbackUrl)}`, 'VIEWER')
      expect(new URL(login.headers.get('location') ?? '', site.url).origin, callbackUrl).toBe(site.url)
    }
  })

  test('takes no more than it needs', async () => {
    const large = new URLSearchParams({ email: 'a@obmen.test', password: 'x'.repeat(100_000) })
    expect((await ask('/api/auth/callback/credentials', 'nobody', { method: 'POST', body: large })).status).toBe(413)
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(4096).fill(97)) })
    const init = { method: 'POST', body: endless.pipeThrough(firstBytes(2 ** 20)), duplex: 'half' } as RequestInit
    expect((await ask('/api/auth/callback/credentials', 'nobody', init)).status).toBe(413)
    const data = new FormData()
    data.set('types', 'catalog')
    data.set('rest', 'x'.repeat(2_000_000))
    const action = 'app/admin/imports/actions.ts#startImport'
    await callAction(`${site.url}/admin/imports/new`, action, [{}, data], { Cookie: cookies.OPERATOR }).catch(
      () => null,
    )
    expect(await database().importSession.count()).toBe(0)
    expect((await ask('/api/health')).status).toBe(200)
  })
})

/** Lets so many bytes pass, then ends. */
function firstBytes(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.length
      if (seen > limit) controller.terminate()
      else controller.enqueue(chunk)
    },
  })
}

describe('texts out of an export', () => {
  const FORMULA = `=cmd|' /C calc'!A0`
  const EVIL = `"><img src=x onerror="hacked=1"><script>hacked=1</script>{{7*7}}=HYPERLINK("http://evil.example")`

  test('run as no script, whatever they are, and no page breaks its own policy', async () => {
    await writeExport(site.exportDirectory, {
      goods: [
        good({ id: 'g', name: EVIL, description: EVIL, pictures: [`${EVIL.replaceAll('/', '')}.png`] }),
        good({ id: EVIL, name: '' }),
        good({ id: FORMULA, name: '' }),
      ],
      priceTypes: [priceType({ id: 'r', name: EVIL })],
      prices: [
        price({ offerId: 'g', priceTypeId: EVIL, value: EVIL }),
        price({ offerId: EVIL, priceTypeId: 'r', value: '-1' }),
      ],
    })
    const withProblems = await importNow(['catalog'], site.exportDirectory)
    expect(withProblems.problems.length).toBeGreaterThan(0)
    await writeRaw(
      site.exportDirectory,
      `goods/goods_<img src=x onerror=hacked=1>.xml`,
      `<КоммерческаяИнформация><Каталог><Товары><Товар><${EVIL}`,
    )
    const failed = await importNow(['catalog'], site.exportDirectory)
    expect(failed.errorMessage ?? failed.attempts[0]?.error).toContain('onerror')
    await database().auditEntry.create({
      data: { action: EVIL, actor: EVIL, actorId: 1, subject: EVIL, details: { [EVIL]: EVIL } },
    })
    await database().user.updateMany({ where: { email: 'target@obmen.test' }, data: { name: EVIL } })

    const page = await site.openAs('ADMIN')
    const broken = await watchPolicy(page)
    const there = { ...world, sessionId: withProblems.id }
    const pages = Object.entries(ROUTES).flatMap(([file, { path: place }]) =>
      file.endsWith('page.tsx') ? [placeOf(place, there)] : [],
    )
    const odd = encodeURIComponent(EVIL)
    const rows = ['price_types/r', `prices/${odd}`, `goods/${odd}`].map((row) => `/admin/catalog/${row}?from=${odd}`)
    for (const address of [...pages, ...rows, `/admin/imports/${failed.id}`, `/admin/imports?q=${odd}`]) {
      await page.goto(address)
      await page.locator('main').waitFor()
      expect(await page.evaluate('typeof hacked'), address).toBe('undefined')
    }
    // By a click, as a client navigates.
    await page.goto('/admin/imports')
    await page.getByRole('link', { name: 'Запустить импорт из 1С' }).click()
    await page.getByRole('button', { name: 'Запустить импорт' }).waitFor()
    expect(broken).toEqual([])
  })
})

/** What the browser refuses on the page's own policy, from now on. */
async function watchPolicy(page: Page): Promise<string[]> {
  const broken: string[] = []
  await page.exposeFunction('policyBroken', (what: string) => void broken.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      (window as unknown as { policyBroken: (what: string) => void }).policyBroken(
        `${violatedDirective} ${blockedURI} ${sourceFile} ${location.pathname}`,
      ),
    )
  })
  return broken
}
