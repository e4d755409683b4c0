import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { isActive } from '@/lib/imports/status'
import { FREE_FAILURES } from '@/lib/users/throttle'
import { listAt, Window } from '@/scripts/soak/window'
import { EventReader } from '@/tests/setup/event-reader'
import { eventually } from '@/tests/setup/eventually'
import {
  ageHeartbeat,
  FULL,
  freezeWorkerAt,
  importUndisturbed,
  mustRecover,
  reaches,
  startImports,
} from '@/tests/setup/faults'
import { signInByHttp } from '@/tests/setup/http-session'
import { emptyDatabase, query, sessionOf, start } from '@/tests/setup/imports'
import { callAction } from '@/tests/setup/next-actions'
import { serveOwnPostgres } from '@/tests/setup/own-postgres'
import { userWithRole } from '@/tests/setup/users'
import { startWeb, type WebServer } from '@/tests/setup/web'
import { startWorker } from '@/tests/setup/worker'

// Three web servers and three workers on one PostgreSQL, as docs/operations.md scales them («More of each»).

const THREE = [0, 1, 2] as const
const START_IMPORT = 'app/admin/imports/actions.ts#startImport'

const postgres = serveOwnPostgres()
let source: string
let webs: WebServer[]
/** Of somebody who signed in at the first web server. */
let cookie: string

beforeAll(async () => {
  source = await mkdtemp(path.join(tmpdir(), 'obmen-test-export-'))
  webs = await Promise.all(THREE.map(() => startWeb({ ONEC_DATA_DIR: source })))
  cookie = (await signInByHttp(webAt(0).url, await userWithRole('OPERATOR'))).cookie
})
afterAll(async () => {
  await Promise.all(webs.map((web) => web.stop()))
  await rm(source, { recursive: true, force: true })
})

const webAt = (index: number): WebServer => {
  const web = webs[index % webs.length]
  if (!web) throw new Error(`No web server ${index}`)
  return web
}

const allSettled = () =>
  eventually(async () => {
    const sessions = await database().importSession.findMany({ select: { status: true } })
    expect(sessions.filter(({ status }) => isActive(status))).toEqual([])
  }, 240_000)

/** What every web server shows now is what the database has. */
const allShowTheTruth = () =>
  eventually(async () => {
    const sessions = await database().importSession.findMany({ select: { id: true, status: true } })
    const truth = new Map(sessions.map(({ id, status }) => [id, status]))
    for (const { url } of webs) expect(await listAt(url, { Cookie: cookie })).toEqual(truth)
  })

/** No two attempts were at work at one moment. */
const nothingOverlapped = async () =>
  expect(
    await query(`select a.session_id, b.session_id as other from import_attempts as a join import_attempts as b
      on a.token < b.token and tstzrange(a.started_at, a.finished_at) && tstzrange(b.started_at, b.finished_at)`),
  ).toEqual([])

test('51 starts at once, spread over three web servers, make one session and one job, and 50 refusals that name it', async () => {
  await importUndisturbed(source, 20)
  await emptyDatabase()
  const form = new FormData()
  form.set('types', 'catalog')
  const answers = await Promise.all(
    Array.from({ length: 51 }, (_, i) =>
      callAction(`${webAt(i).url}/admin/imports/new`, START_IMPORT, [{}, form], { Cookie: cookie }),
    ),
  )
  const said = await Promise.all(answers.map((answer) => answer.text()))
  const [session, ...others] = await query<{ id: number }>(`select id from import_sessions`)
  expect(others).toEqual([])
  const ways = answers.map(({ headers }) => headers.get('x-action-redirect')).filter((way) => way !== null)
  expect(ways).toEqual([`/admin/imports?started=${session?.id};push`])
  const refusal = `"problem":{"ok":false,"reason":"already_active","sessionId":${session?.id}}`
  expect(said.filter((text) => text.includes(refusal))).toHaveLength(50)
  expect(await query(`select id from graphile_worker.jobs`)).toHaveLength(1)
})

test('wrong passwords are counted over all web servers: none of them lets in who has tried too often elsewhere', async () => {
  const { email, password } = await userWithRole('VIEWER')
  for (let i = 0; i < FREE_FAILURES.account; i++) await signInByHttp(webAt(i).url, { email, password: 'wrong' })
  for (const { url } of webs) {
    const refused = await signInByHttp(url, { email, password })
    expect(refused.url.searchParams.get('error')).toMatch(/^throttled-\d+$/)
  }
})

test('three workers do imports one at a time, and every web server tells of all of them', async () => {
  await importUndisturbed(source, 100)
  await emptyDatabase()
  await Promise.all(THREE.map(() => startWorker()))
  const readers = await Promise.all(
    webs.map(async ({ url }) => {
      const { body } = await fetch(`${url}/api/imports/events`, { headers: { Cookie: cookie } })
      if (!body) throw new Error(`${url} tells nothing`)
      return new EventReader(body)
    }),
  )
  const ids: number[] = []
  for (const types of [['catalog'], ['catalog', 'prices'], ['catalog', 'stocks'], ['catalog', 'variants']] as const) {
    ids.push((await start([...types], source)).sessionId)
  }
  await allSettled()
  await nothingOverlapped()
  const startedAt = await Promise.all(ids.map(async (id) => (await sessionOf(id)).startedAt?.getTime() ?? 0))
  expect(startedAt).toEqual(startedAt.toSorted((a, b) => a - b))
  for (const reader of readers) {
    await eventually(() =>
      expect(reader.changes).toEqual(
        expect.arrayContaining(ids.map((session) => expect.objectContaining({ kind: 'session', session }))),
      ),
    )
    await reader.close()
  }
  await allShowTheTruth()
})

const timeout = FULL ? 3_600_000 : 240_000

test('whatever one of them is killed, and whenever the database is restarted, the others go on', {
  timeout,
}, async () => {
  const undisturbed = await importUndisturbed(source)
  const workers = await Promise.all(THREE.map(() => startWorker()))
  const windows = webs.map(({ url }) => new Window(url, cookie))
  for (const window of windows) window.open()

  const killWorker = async (moment: number) => {
    const { imports, holder, before, since } = await freezeWorkerAt(source, moment)
    const index = workers.findIndex(({ pid }) => pid === holder.pid)
    await workers[index]?.stop('SIGKILL')
    await ageHeartbeat(holder.id)
    const mend = async () => void workers.splice(index, 1, await startWorker())
    return { imports, before, since, mend, keepsPlace: true }
  }
  const importsAt = async (moment: number) => {
    const imports = await startImports(source)
    await reaches(imports.sessionId, moment)
    return { imports, before: (await sessionOf(imports.sessionId)).attempts.length, since: performance.now() }
  }
  const killWeb = async (moment: number) => {
    const struck = await importsAt(moment)
    const { url } = webAt(0)
    await webAt(0).stop('SIGKILL')
    const mend = async () =>
      void webs.splice(0, 1, await startWeb({ ONEC_DATA_DIR: source }, Number(new URL(url).port)))
    // The import knows nothing of it, and goes on with the attempt it has.
    return { ...struck, before: struck.before - 1, mend, keepsPlace: true }
  }
  const restart = (mode: 'fast' | 'immediate') => async (moment: number) => {
    const struck = await importsAt(moment)
    await postgres.restart(mode, 1_000)
    await eventually(() => query('select 1'))
    return { ...struck, mend: async () => {}, keepsPlace: false }
  }
  const faults = {
    'of three workers, the one that imports killed': killWorker,
    'of three web servers, one killed': killWeb,
    'fast restart of PostgreSQL under three of each': restart('fast'),
    'immediate restart of PostgreSQL under three of each': restart('immediate'),
  }
  for (const [fault, strike] of Object.entries(faults)) {
    for (const moment of FULL ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.1 + Math.random() * 0.3]) {
      const told = windows.map(({ events }) => events)
      const { imports, before, since, mend, keepsPlace } = await strike(moment)
      await mustRecover(`${fault} at ${moment.toFixed(3)}`, imports, { before, since }, undisturbed, keepsPlace)
      await nothingOverlapped()
      await mend()
      await allShowTheTruth()
      // That of the killed web server too, once it is back.
      await eventually(() => {
        for (const [i, { events }] of windows.entries()) expect(events).toBeGreaterThan(told[i] ?? 0)
      })
    }
  }
  for (const window of windows) window.close()
  for (const worker of workers) expect(await worker.stop('SIGTERM')).toBe(0)
})
