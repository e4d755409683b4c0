import { runMigrations } from 'graphile-worker'
import { applyMigrations } from '@/prisma/engine'

/** Brings a database up to date: Obmen's tables and graphile-worker's. Returns the names of Obmen's migrations just applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const applied = await applyMigrations(databaseUrl)
  await runMigrations({ connectionString: databaseUrl })
  return applied
}
