// Vitest's global setup: one PostgreSQL for all files of a project, with a migrated database to clone (./database.ts).
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { freePort } from '@/scripts/start/ports'
import { startPostgres } from '@/scripts/start/postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the database `postgres` of the tests' server. */
    postgresUrl: string
  }
}

export const TEMPLATE = 'obmen_template'

// The data live as long as the tests: nothing needs to reach the disk.
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'obmen-tests-'))
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(directory, 0o711)
  const postgres = await startPostgres({
    directory: path.join(directory, 'data'),
    port: await freePort(),
    password: 'tests',
    logFile: path.join(directory, 'postgres.log'),
    settings: SETTINGS,
  })
  const teardown = async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await makeTemplate(postgres.url('postgres'), postgres.url(TEMPLATE))
  } catch (error) {
    await teardown()
    throw error
  }
  project.provide('postgresUrl', postgres.url('postgres'))
  return teardown
}

async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query(`create database ${TEMPLATE}`)
  } finally {
    await admin.end()
  }
  // In a process of its own: a connection left open to the template would forbid cloning it.
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/db-migrate.ts'], {
    env: { ...process.env, DATABASE_URL: templateUrl, NEXTAUTH_SECRET: 'secret-of-the-tests' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The migrations failed:\n${stderr}`)
}
