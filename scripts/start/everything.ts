import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { LOCAL_DIR } from '@/lib/env'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { build, isBuildFresh } from '@/scripts/start/build'
import { runToEnd } from '@/scripts/start/child'
import { type OnStop, prepareEnvironment } from '@/scripts/start/environment'
import { StartFailure } from '@/scripts/start/failure'
import { greeting } from '@/scripts/start/greeting'
import { startKeptChild } from '@/scripts/start/kept-child'
import { isPortFree } from '@/scripts/start/ports'
import { untilHealthy, untilWorking } from '@/scripts/start/ready'
import { claimDirectory } from '@/scripts/start/run-file'
import { demand, givenSettings } from '@/scripts/start/settings'

const LOGS = path.join(LOCAL_DIR, 'logs')
const SAMPLE = path.join(LOCAL_DIR, 'sample')
const SAMPLE_GOODS = 300
const WEB_STOP_MS = 5_000
/** The worker promises to finish or hand back within this time. */
const WORKER_STOP_MS = 10_000

const NODE_WITH_TSX = ['--import', 'tsx']
const NEXT = path.join('node_modules', 'next', 'dist', 'bin', 'next')

interface Options {
  dev: boolean
  signal: AbortSignal
  /** Takes what undoes a thing just done; the last is undone first. */
  onStop: OnStop
}

interface Running {
  greeting: string
  /** Fails when something that must run does not any more, and cannot be kept running. */
  broken: Promise<never>
}

/** Starts all there is, in order, each thing when the one before it is ready. */
export async function startEverything({ dev, signal, onStop }: Options): Promise<Running> {
  const given = givenSettings()
  const port = Number(given.PORT ?? 3000)
  const url = `http://localhost:${port}`
  onStop(claimDirectory(url))
  if (!(await isPortFree(port))) {
    throw new StartFailure(
      `Порт ${port} занят другой программой. Освободите его или выберите другой: PORT=3001 npm start`,
    )
  }
  mkdirSync(LOGS, { recursive: true })

  const { env, strict, databaseGone } = await prepareEnvironment(given, { url, dev, logs: LOGS, onStop })
  signal.throwIfAborted()
  const run = (title: string, args: readonly string[], log: string) =>
    runToEnd({ title, args, env, logFile: path.join(LOGS, log) }, signal)
  const databaseUrl = env.DATABASE_URL ?? ''

  await run('Миграции', [...NODE_WITH_TSX, 'scripts/db-migrate.ts'], 'setup.log')
  if (strict && !(await hasUsers(databaseUrl))) demand(given, ['ADMIN_PASSWORD'])
  if (env.ADMIN_PASSWORD) await run('Первый администратор', [...NODE_WITH_TSX, 'prisma/seed.ts'], 'setup.log')
  if (!given.ONEC_DATA_DIR) await makeSample()
  if (!dev && !(await isBuildFresh())) {
    console.log('Собираю веб-приложение (около минуты; в следующий раз не понадобится)…')
    await build(() => run('Сборка', [NEXT, 'build'], 'build.log'))
  }

  const logOf = (name: string) => path.join(LOGS, `${name}.log`)
  const worker = startKeptChild({
    title: 'Обработчик импорта (worker)',
    args: ['--max-semi-space-size=4', '--max-old-space-size=256', ...NODE_WITH_TSX, 'worker/main.ts'],
    env,
    logFile: logOf('worker'),
  })
  const web = startKeptChild({
    title: 'Веб-сервер',
    args: [NEXT, dev ? 'dev' : 'start', '--port', `${port}`],
    env,
    logFile: logOf('web'),
  })
  onStop(() => Promise.all([worker.stop(WORKER_STOP_MS), web.stop(WEB_STOP_MS)]))
  const ready = Promise.all([untilHealthy(url, signal), untilWorking(databaseUrl, worker.current().pid, signal)])
  await Promise.race([ready, worker.current().died, web.current().died, databaseGone])
  const broken = Promise.race([worker.keep(), web.keep(), databaseGone])
  // Until somebody waits for it.
  broken.catch(() => {})

  const exportDirectory = path.resolve(env.ONEC_DATA_DIR ?? SAMPLE)
  const about = { url, databaseUrl, exportDirectory, isSample: !given.ONEC_DATA_DIR, admin: env }
  return { greeting: await greeting({ ...about, passwordWasGiven: !!given.ADMIN_PASSWORD }), broken }
}

async function hasUsers(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query('select from users limit 1')).rowCount !== 0
  } finally {
    await client.end()
  }
}

/** Writes the sample export aside and moves it into place, so that a half-written one is never imported. */
async function makeSample(): Promise<void> {
  if (existsSync(SAMPLE)) return
  await writeSample(`${SAMPLE}.new`, generateExport({ seed: 1, goods: SAMPLE_GOODS }))
  renameSync(`${SAMPLE}.new`, SAMPLE)
}
