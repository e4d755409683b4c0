import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/audit/commands'
import { listAudit } from '@/lib/audit/queries'
import { database } from '@/lib/db'
import { verifyPassword } from '@/lib/password'
import {
  addUser,
  changeOwnPassword,
  changeRole,
  disableUser,
  enableUser,
  resetPassword,
  unblockUser,
} from '@/lib/users/commands'
import { getUser } from '@/lib/users/queries'
import { checkSignIn } from '@/lib/users/sign-in'
import { admit, FIRST_BLOCK_S, FREE_FAILURES, forgetOld, LONGEST_BLOCK_S } from '@/lib/users/throttle'
import type { Role } from '@/prisma/client/enums'
import { query } from '@/tests/setup/imports'

const PASSWORD = 'a password of the tests'
const ADDRESS = '192.0.2.1'

beforeEach(async () => {
  await query('truncate users, login_attempts restart identity cascade')
  await query('truncate audit_log restart identity')
})

/** Somebody new; hashing a password takes a while, so that it is done only where it matters. */
const person = async (name: string, role: Role, isActive = true): Promise<{ id: number; email: string }> =>
  database().user.create({
    data: { email: `${name}@obmen.test`, role, isActive, passwordHash: '-' },
    select: { id: true, email: true },
  })

const actions = async () => (await listAudit({})).entries.map(({ action }) => action)
const activeAdmins = () => database().user.count({ where: { role: 'ADMIN', isActive: true } })

describe('the last active administrator', () => {
  test('stays one, whoever asks', async () => {
    const admin = await person('admin', 'ADMIN')
    await person('former', 'ADMIN', false)
    const lastAdmin = { ok: false, reason: 'last_admin' }
    expect(await disableUser(admin.id, null)).toEqual(lastAdmin)
    expect(await changeRole(admin.id, 'OPERATOR', null)).toEqual(lastAdmin)
    expect(await activeAdmins()).toBe(1)
    expect(await actions()).toEqual([])
  })

  test('stays when several take each other’s role or access away at once', async () => {
    for (let round = 0; round < 5; round++) {
      await query('truncate users restart identity cascade')
      const admins = await Promise.all(['a', 'b', 'c'].map((name) => person(name, 'ADMIN')))
      const results = await Promise.all(
        admins.map((admin, index) => {
          const other = admins[(index + 1) % admins.length] as Actor & { id: number }
          return index === 1 ? disableUser(other.id, admin) : changeRole(other.id, 'VIEWER', admin)
        }),
      )
      expect(await activeAdmins()).toBe(1)
      expect(results.filter(({ ok }) => !ok)).toEqual([{ ok: false, reason: 'last_admin' }])
    }
  })
})

test('nobody takes their own role or access away, or resets their own password', async () => {
  const [admin] = [await person('admin', 'ADMIN'), await person('other', 'ADMIN')]
  const own = { ok: false, reason: 'own' }
  expect(await changeRole(admin.id, 'VIEWER', admin)).toEqual(own)
  expect(await disableUser(admin.id, admin)).toEqual(own)
  expect(await resetPassword(admin.id, PASSWORD, admin)).toEqual(own)
})

test('each change is recorded once, with who did it, and a repeated one changes and records nothing', async () => {
  const admin = await person('admin', 'ADMIN')
  const added = await addUser({ email: 'new@obmen.test', name: 'Нина', role: 'VIEWER', password: PASSWORD }, admin)
  if (!added.ok) throw new Error('not added')
  const again = await addUser({ email: 'new@obmen.test', name: null, role: 'ADMIN', password: PASSWORD }, admin)
  expect(again).toEqual({ ok: false, reason: 'taken' })
  for (let twice = 0; twice < 2; twice++) {
    expect(await changeRole(added.id, 'OPERATOR', admin)).toEqual({ ok: true })
    expect(await disableUser(added.id, admin)).toEqual({ ok: true })
  }
  for (let twice = 0; twice < 2; twice++) expect(await enableUser(added.id, admin)).toEqual({ ok: true })
  await resetPassword(added.id, 'another password', admin)
  expect(await changeRole(999, 'VIEWER', admin)).toEqual({ ok: false, reason: 'unknown' })

  const { entries } = await listAudit({})
  expect(entries.map(({ action }) => action).reverse()).toEqual([
    'user.added',
    'user.role_changed',
    'user.disabled',
    'user.enabled',
    'user.password_reset',
  ])
  for (const entry of entries) expect(entry).toMatchObject({ actor: admin, subject: String(added.id) })
  expect(JSON.stringify(entries.map(({ details }) => details))).not.toMatch(/password of|another password|scrypt/)
})

test('closing the access and a new password both end what is open; opening it again does not bring it back', async () => {
  const admin = await person('admin', 'ADMIN')
  const user = await person('user', 'OPERATOR')
  const epoch = async () =>
    (await database().user.findUniqueOrThrow({ where: { id: user.id }, select: { sessionEpoch: true } })).sessionEpoch
  await disableUser(user.id, admin)
  await enableUser(user.id, admin)
  expect(await epoch()).toBe(1)
  await resetPassword(user.id, PASSWORD, admin)
  expect(await epoch()).toBe(2)

  expect(await changeOwnPassword(user, { current: 'no', next: 'the next password' })).toEqual({
    ok: false,
    reason: 'wrong',
  })
  expect(await epoch()).toBe(2)
  expect(await changeOwnPassword(user, { current: PASSWORD, next: 'the next password' })).toEqual({ ok: true })
  expect(await epoch()).toBe(3)
  const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: user.id } })
  expect(await verifyPassword('the next password', passwordHash)).toBe(true)
})

describe('signing in', () => {
  const attempt = (email: string, password = 'wrong', address: string | null = ADDRESS) =>
    checkSignIn({ email, password, address })
  /** Lets time pass for the throttle: its blocks end and its failures grow old. */
  const wait = (seconds: number) =>
    query(
      `update login_attempts set last_at = last_at - $1 * interval '1 second', blocked_until = blocked_until - $1 * interval '1 second'`,
      [seconds],
    )

  /** In seconds, whatever time has passed since. */
  const longestBlock = async () =>
    (
      await query<{ s: number }>(
        'select max(extract(epoch from blocked_until - last_at))::int as s from login_attempts',
      )
    )[0]?.s

  test('is refused after some failures for a time that doubles, the same for those who do not exist', async () => {
    await addUser({ email: 'user@obmen.test', name: null, role: 'VIEWER', password: PASSWORD }, null)
    for (const email of ['user@obmen.test', 'nobody@obmen.test']) {
      for (let n = 0; n < FREE_FAILURES.account; n++)
        expect(await attempt(email, 'wrong', null)).toEqual({ ok: false, reason: 'wrong' })
      // Not even the right password is looked at.
      expect(await attempt(email, PASSWORD, null)).toMatchObject({ ok: false, reason: 'throttled' })
      expect(await longestBlock()).toBe(FIRST_BLOCK_S)
      await wait(FIRST_BLOCK_S)
      expect(await attempt(email, 'wrong', null)).toEqual({ ok: false, reason: 'wrong' })
      expect(await attempt(email, 'wrong', null)).toMatchObject({ reason: 'throttled', retryAfter: expect.any(Number) })
      expect(await longestBlock()).toBe(2 * FIRST_BLOCK_S)
      await query('truncate login_attempts')
    }
  })

  test('never has to wait longer than the longest block, and old failures are forgotten', async () => {
    await query(
      `insert into login_attempts (key, failures) select key, 500000 from (values ('address:${ADDRESS}')) as keys (key)`,
    )
    expect(await admit('a@obmen.test', ADDRESS)).toMatchObject({ ok: true })
    expect(await admit('b@obmen.test', ADDRESS)).toMatchObject({ ok: false })
    expect(await longestBlock()).toBe(LONGEST_BLOCK_S)
    await wait(2 * 60 * 60)
    await forgetOld()
    expect(await database().loginAttempt.count()).toBe(0)
  })

  test('counts every one of many tries at once, by account and by address', async () => {
    const account = await Promise.all(Array.from({ length: 30 }, () => admit('user@obmen.test', null)))
    expect(account.filter(({ ok }) => ok)).toHaveLength(FREE_FAILURES.account)
    const address = await Promise.all(Array.from({ length: 60 }, (_, n) => admit(`${n}@obmen.test`, ADDRESS)))
    expect(address.filter(({ ok }) => ok)).toHaveLength(FREE_FAILURES.address)
  })

  test('when it succeeds takes back its own try only, and is recorded', async () => {
    await addUser({ email: 'user@obmen.test', name: null, role: 'VIEWER', password: PASSWORD }, null)
    await attempt('other@obmen.test')
    await attempt('user@obmen.test')
    expect(await attempt('user@obmen.test', PASSWORD)).toEqual({ ok: true, userId: 1, epoch: 0 })
    expect(await query('select key, failures from login_attempts where key like $1', ['address%'])).toEqual([
      { key: `address:${ADDRESS}`, failures: 2 },
    ])
    expect(await actions()).toEqual(['sign_in.succeeded', 'sign_in.failed', 'sign_in.failed', 'user.added'])
    expect((await getUser(1))?.lastSignInAt).not.toBeNull()
  })

  test('is possible at once when an administrator says so', async () => {
    const user = await person('user', 'VIEWER')
    for (let n = 0; n < FREE_FAILURES.account; n++) await admit(user.email, null)
    expect((await getUser(user.id))?.blockedUntil).toBeInstanceOf(Date)
    for (let twice = 0; twice < 2; twice++) await unblockUser(user.id, null)
    expect(await admit(user.email, null)).toMatchObject({ ok: true })
    expect(await actions()).toEqual(['user.unblocked'])
  })

  test('keeps no text that was typed for an e-mail: it may have been the password', async () => {
    await attempt('my secret password')
    expect(JSON.stringify(await query('select * from login_attempts'))).not.toContain('secret')
    expect(JSON.stringify((await listAudit({})).entries.map(({ details }) => details))).not.toContain('secret')
  })
})

describe('the audit log', () => {
  test('comes in pages that meet without a gap, in both directions', async () => {
    await query(
      `insert into audit_log (action, subject) select 'user.added', n::text from generate_series(1, 120) as n`,
    )
    const newest = await listAudit({})
    const middle = await listAudit({ before: newest.entries.at(-1)?.id })
    const oldest = await listAudit({ before: middle.entries.at(-1)?.id })
    const all = [newest, middle, oldest].flatMap(({ entries }) => entries.map(({ subject }) => Number(subject)))
    expect(all).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n))
    expect([newest, middle, oldest].map(({ newer, older }) => [newer, older])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ])
    expect(await listAudit({ after: oldest.entries[0]?.id })).toEqual(middle)
    expect(await listAudit({ after: middle.entries[0]?.id })).toEqual({ ...newest, newer: false })
  })

  test('is found by who, by what and by when, and cannot be changed', async () => {
    await query(`insert into audit_log (at, actor_id, actor, action) values
      ('2026-11-20T10:00Z', 1, 'a@obmen.test', 'import.started'),
      ('2026-11-21T10:00Z', null, null, 'import.started'),
      ('2026-11-22T10:00Z', 1, 'a@obmen.test', 'moon.landed')`)
    const found = async (filter: Parameters<typeof listAudit>[0]) =>
      (await listAudit(filter)).entries.map(({ id }) => Number(id))
    expect(await found({ who: 1 })).toEqual([3, 1])
    expect(await found({ who: 'system' })).toEqual([2])
    expect(await found({ action: 'import.started' })).toEqual([2, 1])
    expect(await found({ from: new Date('2026-11-21T00:00Z'), to: new Date('2026-11-22T10:00Z') })).toEqual([2])
    await expect(query(`update audit_log set action = 'x'`)).rejects.toThrow('append-only')
    await expect(query('delete from audit_log')).rejects.toThrow('append-only')
  })
})
