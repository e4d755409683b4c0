import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { DEFAULT_TIME_ZONE, isTimeZone } from '@/lib/i18n/locales'

/** Where everything of a one-machine installation lives: database, settings, sample, logs. Not in git. */
export const LOCAL_DIR = path.resolve('.data')
/** Settings `npm start` generated, in the form of an .env file; used only while DATABASE_URL is not set. */
export const LOCAL_ENV_FILE = path.join(LOCAL_DIR, 'local.env')

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Only the web process needs it: see authSecret(). */
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  NEXTAUTH_URL: z.url().optional(),
  ONEC_DATA_DIR: z
    .string()
    .min(1)
    .default(path.join(LOCAL_DIR, 'sample'))
    .transform((dir) => path.resolve(dir)),
  /** Who can read ONEC_DATA_DIR: «worker» where the web runs on another machine; the worker then lists it in the database. */
  EXPORT_SEEN_BY: z.enum(['web', 'worker']).default('web'),
  /** Where pictures are stored, by content; for the web process and the worker alike. */
  MEDIA_DIR: z
    .string()
    .min(1)
    .default(path.join(LOCAL_DIR, 'media'))
    .transform((dir) => path.resolve(dir)),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(8).optional(),
  /** How many proxies of ours stand before the web: only their X-Forwarded-For says where somebody signs in from. */
  TRUST_PROXY: z
    .preprocess(
      (value) => ({ true: 1, false: 0 })[String(value)] ?? value,
      z.coerce.number('is neither true nor a number').int().min(0).max(9),
    )
    .default(0),
  /** Where the shop is: schedules are in this time zone unless they say otherwise. */
  SHOP_TIME_ZONE: z.string().refine(isTimeZone, 'not a time zone such as Europe/Moscow').default(DEFAULT_TIME_ZONE),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** What Prometheus shows at /api/metrics; not set: there is no such page. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Where a worker answers /health and /metrics; not set: nowhere. */
  WORKER_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  /** `off` where a response may not last, as on serverless platforms: pages then ask every few seconds. */
  LIVE_EVENTS: z.enum(['on', 'off']).default(process.env.VERCEL ? 'off' : 'on'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Files younger than this are looked at twice before they are read: 1C may still be writing. Milliseconds; 0: never. */
  EXPORT_SETTLE_MS: z.coerce.number().int().min(0).max(60_000).default(2000),
  /** Name or id of the one top-level group to import; not set: all of them (COMMERCEML.md §5, Groups). */
  ONEC_ROOT_CATEGORY: z.string().trim().min(1).optional(),
  /** The mail server notifications go through; not set: there are none by e-mail. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  /** The keys of Web Push, in base64url; not set: a pair is generated and kept in the database. */
  VAPID_PUBLIC_KEY: z.string().min(80).optional(),
  VAPID_PRIVATE_KEY: z.string().min(40).optional(),
  /** Whether webhooks may lead into the network the worker stands in. */
  NOTIFY_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** Share of a step's records that may be wrong before the session fails, 0…1 (COMMERCEML.md §7). */
  IMPORT_MAX_ERROR_SHARE: z.coerce.number().min(0).max(1).default(0.5),
  /** Settled sessions are deleted this many days after they ended, with their reports. */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(180),
})

const schema = variables.refine(({ VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY }) => !VAPID_PUBLIC_KEY === !VAPID_PRIVATE_KEY, {
  path: ['VAPID_PRIVATE_KEY'],
  message: 'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY belong together',
})

export type Env = z.infer<typeof schema>

/** Reads settings from an environment; throws one error with a line for each bad or missing variable, by name. */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  // An empty variable means «not set»: docker compose and CI pass them so.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return given[name] === undefined ? `${name}: not set` : `${name}: ${issue.message}`
  })
  throw new Error(`Bad settings (see README, Configuration):\n  ${lines.join('\n  ')}`)
}

let cached: Env | undefined

/** The settings of this process: its environment, `.env`, and the local installation's own, in that order. */
export function env(): Env {
  if (cached) return cached
  if (existsSync('.env')) process.loadEnvFile('.env')
  if (!process.env.DATABASE_URL && existsSync(LOCAL_ENV_FILE)) process.loadEnvFile(LOCAL_ENV_FILE)
  cached = parseEnv(process.env)
  return cached
}

/** What sessions are signed with; demanded by name where it is needed. */
export function authSecret(): string {
  const secret = env().NEXTAUTH_SECRET
  if (!secret) throw new Error('Bad settings (see README, Configuration):\n  NEXTAUTH_SECRET: not set')
  return secret
}

/** For commands: the settings, or one readable message and exit code 1. */
export function envOrExit(): Env {
  try {
    return env()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
