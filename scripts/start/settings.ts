import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv as parseEnvFile } from 'node:util'
import { LOCAL_ENV_FILE } from '@/lib/env'
import { StartFailure } from '@/scripts/start/failure'

/** Environment variables that are set to something. */
export type Variables = Readonly<Record<string, string>>

/** What the person set: the environment, then `.env`. */
export function givenSettings(): Variables {
  const fromFile = existsSync('.env') ? parseEnvFile(readFileSync('.env', 'utf8')) : {}
  return { ...withoutEmpty(fromFile), ...withoutEmpty(process.env) }
}

/** What an earlier start generated. */
export const generatedSettings = (): Variables =>
  existsSync(LOCAL_ENV_FILE) ? withoutEmpty(parseEnvFile(readFileSync(LOCAL_ENV_FILE, 'utf8'))) : {}

/** Keeps generated settings for the next start and for commands in other terminals; nobody else may read them. */
export function keepGenerated(settings: Variables): void {
  mkdirSync(path.dirname(LOCAL_ENV_FILE), { recursive: true })
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  const fresh = `${LOCAL_ENV_FILE}.new`
  writeFileSync(fresh, `# Создано npm start.\n${lines.join('')}`, { mode: 0o600 })
  renameSync(fresh, LOCAL_ENV_FILE)
}

/** The secrets of a local installation: kept where they were generated before, else new. */
export const localSecrets = (generated: Variables): Variables => ({
  NEXTAUTH_SECRET: generated.NEXTAUTH_SECRET ?? randomBytes(32).toString('base64url'),
  ADMIN_EMAIL: generated.ADMIN_EMAIL ?? 'admin@obmen.local',
  ADMIN_PASSWORD: generated.ADMIN_PASSWORD ?? randomBytes(9).toString('base64url'),
})

/** With a database of its own, a production server's secrets must be set, not made up. */
export function demand(given: Variables, names: readonly string[]): void {
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === 0) return
  throw new StartFailure(
    `Не заданы: ${missing.join(', ')}. При NODE_ENV=production и своей базе (DATABASE_URL) задайте их в окружении или в .env.`,
  )
}

const withoutEmpty = (variables: NodeJS.Dict<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => !!entry[1]))
