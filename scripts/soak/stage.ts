import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { database } from '@/lib/db'
import { hashPassword } from '@/lib/password'
import { migrate } from '@/prisma/migrate'
import { freePort } from '@/scripts/start/ports'
import { startPostgres } from '@/scripts/start/postgres'

const NEXT = path.join('node_modules', 'next', 'dist', 'bin', 'next')

/** A database, web servers and workers, for as long as the soak lasts. */
export interface Stage {
  home: string
  webs: WebServer[]
  workers: ChildProcess[]
  /** Ends one of the workers by the signal and starts another. */
  replaceWorker(index: number, signal: NodeJS.Signals): Promise<void>
  /** Stops the database and starts it again. */
  restartPostgres(): Promise<void>
  /** The cookie of a user of their own. */
  signIn(): Promise<string>
  end(): Promise<void>
}

interface WebServer {
  url: string
  process: ChildProcess
}

export async function setStage(counts: { webs: number; workers: number }): Promise<Stage> {
  const home = await mkdtemp(path.join(tmpdir(), 'obmen-soak-'))
  await chmod(home, 0o711)
  const options = {
    directory: path.join(home, 'data'),
    port: await freePort(),
    password: 'soak',
    logFile: path.join(home, 'postgres.log'),
  }
  let postgres = await startPostgres(options)
  const secret = randomBytes(24).toString('base64url')
  const own = { DATABASE_URL: postgres.url('postgres'), MEDIA_DIR: path.join(home, 'media'), LOG_LEVEL: 'error' }
  Object.assign(process.env, own, { NEXTAUTH_SECRET: secret, EXPORT_SETTLE_MS: '0' })
  await migrate(own.DATABASE_URL)

  const start = (args: string[], env: Record<string, string> = {}) =>
    spawn(process.execPath, args, {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const startWorker = () =>
    start(['--max-semi-space-size=4', '--max-old-space-size=256', '--import', 'tsx', 'worker/main.ts'])
  const startWeb = async () => {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const web = { url, process: start([NEXT, 'start', '--port', `${port}`], { NEXTAUTH_URL: url }) }
    await untilAnswers(`${url}/api/health`)
    return web
  }
  const workers = Array.from({ length: counts.workers }, startWorker)
  const webs: WebServer[] = []
  while (webs.length < counts.webs) webs.push(await startWeb())
  return {
    home,
    webs,
    workers,
    async replaceWorker(index, signal) {
      await stop(workers[index], signal)
      workers[index] = startWorker()
    },
    async restartPostgres() {
      await postgres.stop()
      postgres = await startPostgres(options)
    },
    async signIn() {
      const email = `${randomBytes(6).toString('hex')}@soak.local`
      const { id } = await database().user.create({
        data: { email, role: 'OPERATOR', passwordHash: await hashPassword(randomBytes(12).toString('hex')) },
        select: { id: true },
      })
      return `next-auth.session-token=${await encode({ token: { sub: String(id) }, secret })}`
    },
    async end() {
      await Promise.all([
        ...workers.map((worker) => stop(worker, 'SIGTERM')),
        ...webs.map((web) => stop(web.process, 'SIGKILL')),
      ])
      await database().$disconnect()
      await postgres.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function stop(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await setTimeout(100)
  }
  throw new Error(`${url} does not answer: is there a build? (npm run build)`)
}

/** Memory of a process, MB. */
export function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Open files of a process, sockets among them. */
export const filesOf = ({ pid }: ChildProcess): number => {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return 0
  }
}
