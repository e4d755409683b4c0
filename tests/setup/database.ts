// Vitest's setup for a test file: a database of its own, cloned from the migrated template before the file's imports
// run, and a MEDIA_DIR of its own.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { PrismaClient } from '@/prisma/client/client'
import { TEMPLATE } from '@/tests/setup/postgres'

const name = `test_${randomUUID().replaceAll('-', '')}`
const adminUrl = inject('postgresUrl')
const url = new URL(adminUrl)
url.pathname = `/${name}`

process.env.DATABASE_URL = url.href
process.env.MEDIA_DIR = path.join(tmpdir(), 'obmen-media', name)
process.env.NEXTAUTH_SECRET = 'secret-of-the-tests'
process.env.LOG_LEVEL ??= 'silent'
// Tests write an export and import it at once.
process.env.EXPORT_SETTLE_MS ??= '0'

await asAdmin(`create database ${name} template ${TEMPLATE}`)

afterAll(async () => {
  const { obmenDatabase } = globalThis as typeof globalThis & { obmenDatabase?: PrismaClient }
  await obmenDatabase?.$disconnect()
  // A killed worker's connections may still be there.
  await asAdmin(`drop database ${name} with (force)`)
  await rm(process.env.MEDIA_DIR ?? '', { recursive: true, force: true })
})

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
