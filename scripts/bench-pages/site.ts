import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { LOCAL_DIR } from '@/lib/env'
import { hashPassword } from '@/lib/password'
import { migrate } from '@/prisma/migrate'
import { build, buildDirectory, isBuildFresh } from '@/scripts/start/build'
import { runToEnd } from '@/scripts/start/child'
import { freePort } from '@/scripts/start/ports'
import { startPostgres } from '@/scripts/start/postgres'

const NEXT = path.join('node_modules', 'next', 'dist', 'bin', 'next')
/** Signs the sessions. */
export const SECRET = 'secret-of-the-benchmark'
const EMAIL = 'bench@example.org'
const PASSWORD = 'password of the benchmark'

export interface Bench {
  say: (line: string) => void
  /** A migrated database with one operator, and a web server of its own on it. */
  startSite(name: string, liveEvents?: 'on' | 'off'): Promise<BenchSite>
}

export interface BenchSite {
  db: pg.Client
  databaseUrl: string
  url: string
  /** Signed in. */
  headers: { cookie: string }
}

/** Builds, starts a PostgreSQL in a temporary directory, does the work, and stops and removes everything. */
export async function withBench<Result>(work: (bench: Bench) => Promise<Result>): Promise<Result> {
  process.env.NEXT_DIST_DIR ??= path.join(path.relative('.', LOCAL_DIR), 'bench-pages')
  await buildOnce()
  const home = await mkdtemp(path.join(tmpdir(), 'obmen-bench-pages-'))
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(home, 0o711)
  const undo: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })]
  try {
    const postgres = await startPostgres({
      directory: path.join(home, 'data'),
      port: await freePort(),
      password: 'bench',
      logFile: path.join(home, 'postgres.log'),
      settings: { max_wal_size: '4GB', shared_buffers: '512MB' },
    })
    undo.push(() => postgres.stop())
    return await work({
      say: (line) => console.log(line),
      startSite: (name, liveEvents = 'off') =>
        startSite(postgres.url('postgres'), postgres.url(name), { name, liveEvents }, undo),
    })
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

async function buildOnce(): Promise<void> {
  if (await isBuildFresh()) return
  console.log('next build …')
  const env = { ...(process.env as Record<string, string>), NODE_ENV: 'production' }
  await build(() =>
    runToEnd(
      { title: 'next build', args: [NEXT, 'build'], env, logFile: `${buildDirectory()}.log` },
      new AbortController().signal,
    ),
  )
}

async function startSite(
  adminUrl: string,
  databaseUrl: string,
  { name, liveEvents }: { name: string; liveEvents: 'on' | 'off' },
  undo: (() => Promise<unknown>)[],
): Promise<BenchSite> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  await migrate(databaseUrl)
  const db = new pg.Client({ connectionString: databaseUrl })
  await db.connect()
  undo.push(() => db.end())
  await db.query(`insert into users (email, name, password_hash, role) values ($1, 'Анна Орлова', $2, 'OPERATOR')`, [
    EMAIL,
    await hashPassword(PASSWORD),
  ])
  const port = await freePort()
  const url = `http://localhost:${port}`
  const web = spawn(process.execPath, [NEXT, 'start', '--port', `${port}`], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      NEXTAUTH_SECRET: SECRET,
      NEXTAUTH_URL: url,
      LOG_LEVEL: 'warn',
      // Without events every request reads for itself; with them most would be answered from memory.
      LIVE_EVENTS: liveEvents,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exit = once(web, 'exit')
  undo.push(() => {
    web.kill('SIGKILL')
    return exit
  })
  while (!(await fetch(`${url}/api/health`).catch(() => null))?.ok) {
    if (web.exitCode !== null) throw new Error('The web server ended.')
    await setTimeout(100)
  }
  return { db, databaseUrl, url, headers: { cookie: await signIn(url) } }
}

/** As the form does it; returns what the browser would send from then on. */
async function signIn(url: string): Promise<string> {
  const jar = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return answer
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const { csrfToken } = (await keep(await fetch(`${url}/api/auth/csrf`)).json()) as { csrfToken: string }
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { cookie: cookie() },
      body: new URLSearchParams({ csrfToken, email: EMAIL, password: PASSWORD, json: 'true' }),
      redirect: 'manual',
    }),
  )
  const answer = await fetch(`${url}/admin/imports`, { headers: { cookie: cookie() }, redirect: 'manual' })
  if (answer.status !== 200) throw new Error(`Signing in failed: the list answers ${answer.status}.`)
  return cookie()
}
