import { createDecipheriv, createECDH, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { env } from '@/lib/env'
import { startImport } from '@/lib/imports/commands'
import { recoverSessions } from '@/lib/imports/recovery'
import {
  addWebhook,
  chooseScopes,
  deleteWebhook,
  markRead,
  savePushSubscription,
  sendTrial,
} from '@/lib/notifications/commands'
import { claimDelivery, recordSent } from '@/lib/notifications/deliveries'
import { choicesOf, listDeliveries, listNotices, unreadCount } from '@/lib/notifications/queries'
import { vapidKeys } from '@/lib/notifications/vapid'
import { good, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { emptyDatabase, query, runDueJobs, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

const OPERATOR = 41
const ADMIN = 42
const actor = { id: OPERATOR, email: 'operator@example.org' }
const settings = { ...env() }
let source: string

beforeEach(async () => {
  await emptyDatabase()
  await query(`truncate users restart identity cascade`)
  await query(
    `insert into users (id, email, password_hash, role, locale) values
    ($1, 'operator@example.org', '', 'OPERATOR', 'ru'), ($2, 'admin@example.org', '', 'ADMIN', 'en')`,
    [OPERATOR, ADMIN],
  )
  Object.assign(env(), { NEXTAUTH_URL: 'https://obmen.example.org', NOTIFY_PRIVATE_ADDRESSES: true })
  source = temporaryDirectory()
  await writeExport(source, { goods: [good({ id: 'g' })] })
})
afterEach(() => Object.assign(env(), { SMTP_URL: undefined }, settings))

async function runImport(options: object = {}): Promise<number> {
  const started = await startImport({ types: ['catalog'], source, actor, ...options })
  if (!started.ok) throw new Error(started.reason)
  await runDueJobs()
  // What is to be sent was added while the import ran.
  await runDueJobs()
  return started.sessionId
}

/** Lets jobs that wait for another attempt be due at once. */
const retryNow = async () => {
  await query(`update graphile_worker._private_jobs set run_at = now()`)
  await runDueJobs()
}

interface Received {
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A real server that remembers what it is sent; it answers with the next of these statuses, the last for ever. */
async function receiver(...statuses: number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 204
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

/** A real mail server that keeps what it is sent, or refuses the receiver with that code. */
async function mailServer(refuseWith?: number): Promise<{ url: string; mails: string[] }> {
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuseWith ? Object.assign(new Error('No such mailbox'), { responseCode: refuseWith }) : null),
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails }
}

/** The text of a mail in base64 or quoted-printable. */
const textOf = (mail: string): string => {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

describe('in the application', () => {
  test('everybody is told of a settled session with its very commit, and marks it as read', async () => {
    const id = await runImport()
    expect(await listNotices(OPERATOR, 10)).toMatchObject([{ sessionId: id, status: 'COMPLETED', isRead: false }])
    expect(await unreadCount(ADMIN)).toBe(1)
    const [notice] = await listNotices(OPERATOR, 10)
    // Not one of somebody else.
    await markRead(ADMIN, BigInt(notice?.id ?? 0))
    expect(await unreadCount(OPERATOR)).toBe(1)
    await markRead(OPERATOR)
    expect([await unreadCount(OPERATOR), await unreadCount(ADMIN)]).toEqual([0, 1])
  })

  test('who wants only failures or only their own hears of nothing else; a disabled user of nothing', async () => {
    await chooseScopes(ADMIN, { app: 'mine', push: 'none', email: 'none' })
    await runImport()
    expect(await unreadCount(ADMIN)).toBe(0)
    await chooseScopes(ADMIN, { app: 'failures', push: 'none', email: 'none' })
    await query(`update users set is_active = false where id = $1`, [OPERATOR])
    await markRead(OPERATOR)
    await runImport()
    // Settled by the recovery, not by a worker.
    const { sessionId, jobId } = await start(['catalog'], source)
    await query(`select from graphile_worker.permanently_fail_jobs(array[$1::bigint], 'x')`, [jobId])
    await query(`update import_sessions set created_at = created_at - interval '31 seconds'`)
    await recoverSessions()
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'FAILED' })
    expect(await listNotices(ADMIN, 10)).toMatchObject([{ sessionId, status: 'FAILED' }])
    expect((await listNotices(OPERATOR, 10)).filter(({ isRead }) => !isRead)).toEqual([])
  })

  test('a cancel is told to everybody but who asked for it', async () => {
    const { sessionId } = await start(['catalog'], source)
    await query(
      `update import_sessions set status = 'CANCELLED', finished_at = now(), cancelled_by = $2 where id = $1`,
      [sessionId, OPERATOR],
    )
    expect(await listNotices(OPERATOR, 10)).toEqual([])
    expect(await listNotices(ADMIN, 10)).toMatchObject([{ sessionId, status: 'CANCELLED' }])
  })

  test('of a trial run nobody is told in any other way', async () => {
    await addWebhook(OPERATOR, 'http://127.0.0.1:1/', 'all')
    await runImport({ dryRun: true })
    expect(await query(`select distinct channel from notifications`)).toEqual([{ channel: 'app' }])
    expect(await query(`select id from graphile_worker.jobs`)).toEqual([])
  })
})

describe('by e-mail', () => {
  test('each gets one message, in their language', async () => {
    const { url, mails } = await mailServer()
    env().SMTP_URL = url
    await chooseScopes(OPERATOR, { app: 'none', push: 'none', email: 'all' })
    await chooseScopes(ADMIN, { app: 'none', push: 'none', email: 'all' })
    const id = await runImport()
    await retryNow()

    expect(mails).toHaveLength(2)
    const [russian = '', english = ''] = mails.sort((a) => (a.includes('To: operator@') ? -1 : 1))
    expect(russian).toMatch(/^Message-ID: <obmen-\d+@obmen\.example\.org>/im)
    expect(textOf(russian)).toContain(`Импорт завершён\n\nСессия ${id}: Полный каталог`)
    expect(textOf(english)).toContain(`https://obmen.example.org/admin/imports/${id}`)
    expect(textOf(english)).toContain('Created')
    expect(await listDeliveries(OPERATOR, 10)).toMatchObject([
      { sessionId: id, channel: 'email', target: 'operator@example.org', state: 'sent', attempts: 1, error: null },
    ])
  })

  test('a refusal for good is not tried again, a passing one is; both are shown, and the import knows nothing of it', async () => {
    env().SMTP_URL = (await mailServer(550)).url
    await chooseScopes(OPERATOR, { app: 'none', push: 'none', email: 'mine' })
    const id = await runImport()
    expect(await sessionOf(id)).toMatchObject({ status: 'COMPLETED' })
    expect(await listDeliveries(OPERATOR, 10)).toMatchObject([
      {
        state: 'failed',
        attempts: 1,
        error: 'mail_refused',
        errorDetail: expect.stringContaining('550 No such mailbox'),
      },
    ])

    const busy = await mailServer(451)
    env().SMTP_URL = busy.url
    await runImport()
    expect((await listDeliveries(OPERATOR, 1))[0]).toMatchObject({ state: 'waiting', error: 'mail_refused' })
    const well = await mailServer()
    env().SMTP_URL = well.url
    await retryNow()
    expect((await listDeliveries(OPERATOR, 1))[0]).toMatchObject({ state: 'sent', attempts: 2 })
    expect(well.mails).toHaveLength(1)
  })
})

describe('by webhook', () => {
  test('is signed, tried again after an error under the same id, and then never again', async () => {
    const { url, received } = await receiver(500, 204)
    await addWebhook(OPERATOR, url, 'all')
    const id = await runImport()
    expect(await listDeliveries(OPERATOR, 10)).toMatchObject([
      { state: 'waiting', error: 'status', errorDetail: '500', attempts: 1, target: url },
    ])
    await retryNow()
    await retryNow()

    expect(received).toHaveLength(2)
    const [{ secret } = { secret: '' }] = (await choicesOf(OPERATOR)).webhooks
    for (const { headers, body } of received) {
      const signed = `${headers['x-obmen-timestamp']}.${body}`
      const signature = createHmac('sha256', secret).update(signed).digest('hex')
      expect(headers['x-obmen-signature']).toBe(`sha256=${signature}`)
      expect(headers['x-obmen-id']).toBe(received[0]?.headers['x-obmen-id'])
    }
    expect(JSON.parse(String(received[0]?.body))).toMatchObject({
      event: 'import.settled',
      session: {
        id,
        status: 'COMPLETED',
        types: ['catalog'],
        created: expect.any(Number),
        url: `https://obmen.example.org/admin/imports/${id}`,
      },
    })
    expect(await listDeliveries(OPERATOR, 10)).toMatchObject([{ state: 'sent', attempts: 2 }])
  })

  test('follows no redirect, and nothing into the own network, also by a name', async () => {
    const { url, received } = await receiver(302)
    await addWebhook(OPERATOR, url, 'all')
    await runImport()
    expect((await listDeliveries(OPERATOR, 10))[0]).toMatchObject({ state: 'failed', error: 'redirect', attempts: 1 })

    env().NOTIFY_PRIVATE_ADDRESSES = false
    await addWebhook(OPERATOR, url.replace('127.0.0.1', 'localhost'), 'all')
    await runImport()
    expect((await listDeliveries(OPERATOR, 2)).map(({ state, error }) => [state, error])).toEqual([
      ['failed', 'forbidden_address'],
      ['failed', 'forbidden_address'],
    ])
    expect(received).toHaveLength(1)
  })

  test('is not sent when the hook is deleted meanwhile', async () => {
    const { url, received } = await receiver(503)
    await addWebhook(OPERATOR, url, 'all')
    await runImport()
    const [hook] = (await choicesOf(OPERATOR)).webhooks
    await deleteWebhook(OPERATOR, hook?.id ?? 0)
    await retryNow()
    expect(received).toHaveLength(1)
    expect((await listDeliveries(OPERATOR, 1))[0]).toMatchObject({
      state: 'failed',
      error: 'target_deleted',
      target: null,
    })
  })
})

describe('in the browser', () => {
  test('goes to each subscribed browser, encrypted for it, and a gone one is forgotten', async () => {
    const alive = await receiver(201)
    const gone = await receiver(410)
    const browser = createECDH('prime256v1')
    const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') }
    for (const { url } of [alive, gone]) {
      await savePushSubscription(OPERATOR, { endpoint: url, ...keys, label: 'Chrome' })
    }
    const id = await runImport()

    const [message] = alive.received
    expect(message?.headers).toMatchObject({ ttl: '86400', urgency: 'normal', 'content-encoding': 'aes128gcm' })
    const { publicKey } = await vapidKeys()
    expect(message?.headers.authorization).toMatch(new RegExp(`^vapid t=.+, k=${publicKey}$`))
    expect(
      JSON.parse(decrypt(message?.body ?? Buffer.alloc(0), browser, Buffer.from(keys.auth, 'base64url'))),
    ).toMatchObject({
      title: 'Импорт завершён',
      url: `https://obmen.example.org/admin/imports/${id}`,
    })
    expect((await choicesOf(OPERATOR)).browsers.map(({ endpoint }) => endpoint)).toEqual([alive.url])
    const results = (await listDeliveries(OPERATOR, 10)).map(({ state, error }) => `${state} ${error}`)
    expect(results.sort()).toEqual(['failed gone', 'sent null'])
  })

  test('the keys are generated once, however many ask at the same time', async () => {
    await query(`delete from secrets`)
    const keys = await Promise.all(Array.from({ length: 8 }, vapidKeys))
    expect(new Set(keys.map(({ privateKey }) => privateKey)).size).toBe(1)
  })
})

test('what is sent, or in the hands of another worker, is not sent by anybody else', async () => {
  await addWebhook(OPERATOR, 'http://127.0.0.1:1/', 'all')
  const [hook] = (await choicesOf(OPERATOR)).webhooks
  expect(await sendTrial(OPERATOR, 'webhook', hook?.id ?? 0)).toBe(true)
  expect(await sendTrial(OPERATOR, 'webhook', hook?.id ?? 0)).toBe(false)
  expect(await sendTrial(ADMIN, 'webhook', hook?.id ?? 0)).toBe(false)
  const [row] = await query<{ id: string }>(`select id from notifications`)
  const id = BigInt(row?.id ?? 0)

  const claims = await Promise.all(Array.from({ length: 5 }, () => claimDelivery(id)))
  expect(claims.filter((claim) => claim === 'busy')).toHaveLength(4)
  // The worker died with it: after a minute somebody else may.
  await query(`update notifications set claimed_at = now() - interval '61 seconds'`)
  expect(await claimDelivery(id)).toMatchObject({ id, session: null })
  await recordSent(id)
  expect(await claimDelivery(id)).toBe('done')
})

test('slow receivers hold up no import: of each channel one at a time is waited for', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  // As many as the worker has slots.
  for (let hook = 0; hook < 5; hook++) await addWebhook(OPERATOR, `http://127.0.0.1:${port}/`, 'all')
  await startWorker({ NOTIFY_PRIVATE_ADDRESSES: 'true' })
  for (let round = 0; round < 2; round++) {
    const { sessionId } = await start(['catalog'], source)
    await eventually(async () => expect(await sessionOf(sessionId)).toMatchObject({ status: 'COMPLETED' }))
    expect(await query(`select id from notifications where claimed_at is not null offset 1`)).toEqual([])
  }
})

/** RFC 8291, as a browser does it. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const keyLength = body.readUInt8(20)
  const serverKey = body.subarray(21, 21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), serverKey])
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(serverKey), auth, info, 32))
  const key = hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12)
  const sealed = body.subarray(21 + keyLength)
  const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce))
  decipher.setAuthTag(sealed.subarray(-16))
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  // What is sealed ends with a byte 2.
  return text.toString('utf8', 0, text.lastIndexOf(2))
}
