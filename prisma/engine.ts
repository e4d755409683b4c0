import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

// Prisma's own schema engine, as WebAssembly: `prisma migrate` would download a native one from a host
// that a closed network does not reach (docs/decisions/0003-migrations-in-wasm.md).

const PRISMA_DIR = path.resolve('prisma')
export const MIGRATIONS_DIR = path.join(PRISMA_DIR, 'migrations')
export const SCHEMA_FILE = path.join(PRISMA_DIR, 'schema.prisma')

const NO_FILTERS = { externalTables: [], externalEnums: [] }

let instantiated = false

async function instantiate(): Promise<void> {
  if (instantiated) return
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const imports = { './schema_engine_bg.js': bindings } as unknown as WebAssembly.Imports
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  const internals = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }
  internals.__wbg_set_wasm(instance.exports)
  ;(instance.exports as { __wbindgen_start(): void }).__wbindgen_start()
  instantiated = true
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside a function's body or a comment. Sent whole, it is
 * one implicit transaction besides: a migration that fails leaves nothing behind.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    const { client } = adapter as unknown as { client: { query(sql: string): Promise<unknown> } }
    adapter.executeScript = async (script) => {
      await client.query(script)
    }
    return adapter
  }
}

async function open(databaseUrl: string): Promise<bindings.SchemaEngine> {
  await instantiate()
  const schema = await readFile(SCHEMA_FILE, 'utf8')
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: databaseUrl }))
  const datamodels = [[SCHEMA_FILE, schema]]
  return (bindings.SchemaEngine as unknown as { new: (...args: unknown[]) => Promise<bindings.SchemaEngine> }).new(
    { datamodels },
    () => {},
    adapter,
  )
}

/** Applies every migration of prisma/migrations that the database lacks; returns their names. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const engine = await open(databaseUrl)
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(MIGRATIONS_DIR, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  const lockfile = {
    path: './migration_lock.toml',
    content: await readFile(path.join(MIGRATIONS_DIR, 'migration_lock.toml'), 'utf8'),
  }
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: { baseDir: MIGRATIONS_DIR, lockfile, shadowDbInitScript: '', migrationDirectories },
    filters: NO_FILTERS,
  })
  return appliedMigrationNames
}

/** The SQL that leads from one schema.prisma to another (from nothing, where `from` is null). */
export async function diffSchemas(databaseUrl: string, from: string | null, to: string): Promise<string> {
  const engine = await open(databaseUrl)
  const target = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: SCHEMA_FILE, content }] })
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: NO_FILTERS,
  } as Parameters<typeof engine.diff>[0])
  return stdout ?? ''
}
