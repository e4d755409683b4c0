// npm run db:diff -- NAME: writes a new migration from the last commit's schema.prisma to the present one.
// Read it before you commit it: Prisma knows no partial index and no check constraint.
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { envOrExit } from '@/lib/env'
import { diffSchemas, MIGRATIONS_DIR, SCHEMA_FILE } from '@/prisma/engine'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run db:diff -- name_of_the_change')
  process.exit(1)
}

function committedSchema(): string | null {
  try {
    return execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
}

const sql = await diffSchemas(envOrExit().DATABASE_URL, committedSchema(), await readFile(SCHEMA_FILE, 'utf8'))
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const directory = path.join(MIGRATIONS_DIR, `${stamp}_${name}`)
await mkdir(directory, { recursive: true })
await writeFile(path.join(directory, 'migration.sql'), sql)
console.log(`Wrote ${path.relative('.', directory)}/migration.sql`)
