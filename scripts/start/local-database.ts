import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { LOCAL_DIR, LOCAL_ENV_FILE } from '@/lib/env'
import { StartFailure } from '@/scripts/start/failure'
import { freePort, isPortFree } from '@/scripts/start/ports'
import { type Postgres, postgresUrl, startPostgres } from '@/scripts/start/postgres'

const DATABASE = 'obmen'
const DIRECTORY = path.join(LOCAL_DIR, 'postgres')

/** Where this installation's own database is or will be: the port and the password it had before, else new ones. */
export async function localDatabaseUrl(previousUrl: string | undefined): Promise<string> {
  if (!previousUrl && existsSync(path.join(DIRECTORY, 'PG_VERSION'))) {
    throw new StartFailure(
      `Пароль базы ${DIRECTORY} потерян: в ${LOCAL_ENV_FILE} нет DATABASE_URL. ` +
        'Верните этот файл или, если данные не нужны, удалите каталог базы.',
    )
  }
  const previous = previousUrl ? new URL(previousUrl) : null
  const password = previous?.password ?? randomBytes(24).toString('base64url')
  return postgresUrl(password, await choosePort(Number(previous?.port)), DATABASE)
}

/** Starts this installation's own PostgreSQL as the connection string has it. */
export async function startLocalDatabase(url: string, logFile: string): Promise<Postgres> {
  const { port, password } = new URL(url)
  const postgres = await startPostgres({
    directory: DIRECTORY,
    port: Number(port),
    password,
    logFile,
    // An import writes much at once: checkpoints less often, no more.
    settings: { max_wal_size: '2GB' },
  })
  await createDatabase(postgres.url('postgres'))
  return postgres
}

/** The port of last time, unless somebody else has it: then, or the first time, any that is free. */
async function choosePort(previous: number): Promise<number> {
  // A server that outlived a killed start holds its port; startPostgres stops it.
  if (previous && (existsSync(path.join(DIRECTORY, 'postmaster.pid')) || (await isPortFree(previous)))) return previous
  return freePort()
}

async function createDatabase(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`)
  } finally {
    await admin.end()
  }
}
