import path from 'node:path'
import pg from 'pg'
import { parseEnv } from '@/lib/env'
import { StartFailure } from '@/scripts/start/failure'
import { localDatabaseUrl, startLocalDatabase } from '@/scripts/start/local-database'
import { demand, generatedSettings, keepGenerated, localSecrets, type Variables } from '@/scripts/start/settings'

/** Takes what undoes a thing just done; the last is undone first. */
export type OnStop = (undo: () => unknown) => void

interface Environment {
  env: Variables
  /** Production on a database of the person's own: nothing secret is made up. */
  strict: boolean
  /** Fails when the local database stops by itself. */
  databaseGone: Promise<never>
}

/** The environment of all that is started, with the local database running when it is the one to use. */
export async function prepareEnvironment(
  given: Variables,
  { url, dev, logs, onStop }: { url: string; dev: boolean; logs: string; onStop: OnStop },
): Promise<Environment> {
  const local = !given.DATABASE_URL
  const strict = !local && given.NODE_ENV === 'production'
  if (strict) demand(given, ['NEXTAUTH_SECRET'])

  const generated = generatedSettings()
  const own = {
    ...generated,
    ...(strict ? {} : localSecrets(generated)),
    ...(local ? { DATABASE_URL: await localDatabaseUrl(generated.DATABASE_URL) } : {}),
  }
  if (!strict) keepGenerated(own)
  const env: Variables = {
    ADMIN_EMAIL: 'admin@obmen.local',
    NEXTAUTH_URL: url,
    ...(strict ? {} : own),
    ...given,
    NODE_ENV: dev ? 'development' : 'production',
  }
  try {
    parseEnv(env as NodeJS.ProcessEnv)
  } catch (error) {
    throw new StartFailure((error as Error).message)
  }
  if (!local) {
    await mustAnswer(env.DATABASE_URL ?? '')
    return { env, strict, databaseGone: new Promise<never>(() => {}) }
  }

  const logFile = path.join(logs, 'postgres.log')
  const postgres = await startLocalDatabase(env.DATABASE_URL ?? '', logFile)
  let stopping = false
  onStop(() => {
    stopping = true
    return postgres.stop()
  })
  const databaseGone = postgres.exited.then((): never => {
    if (stopping) return undefined as never
    throw new StartFailure(`База данных остановилась: см. ${path.relative('.', logFile)}`)
  })
  databaseGone.catch(() => {})
  return { env, strict, databaseGone }
}

/** A server of the person's own: what is wrong with it is told before anything else is tried. */
async function mustAnswer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.end()
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const { host, pathname } = new URL(url)
    throw new StartFailure(`База данных ${host}${pathname} (DATABASE_URL) не отвечает: ${message || code}`)
  }
}
