import { createHash } from 'node:crypto'
import { type Database, database, type Transaction } from '@/lib/db'

// Guessing passwords is slowed down by account and by address. Every try is counted before the password is looked at, in
// one statement, so that a hundred at once are a hundred; one that succeeds is taken back. While a key is blocked its
// tries are refused unseen and count nothing: whoever goes on guessing keeps nobody out for longer.

/** Failures in a row that cost nothing but themselves: people mistype; an address may be a whole office. */
export const FREE_FAILURES = { account: 5, address: 20 } as const
/** The first block, in seconds; each further failure doubles it, up to the longest. */
export const FIRST_BLOCK_S = 30
export const LONGEST_BLOCK_S = 15 * 60
/** Failures are forgotten when none has come for this long, in seconds. */
export const FORGOTTEN_AFTER_S = 60 * 60
/** Doublings up to the longest block: the exponent stays small, however long somebody tries. */
const MOST_DOUBLINGS = 10

type Kind = keyof typeof FREE_FAILURES

export type Admission = { ok: true; accountFailures: number } | { ok: false; retryAfter: number }

/** Counts a try for this e-mail from this address and lets it pass, or says in how many seconds it may come again. */
export async function admit(email: string, address: string | null): Promise<Admission> {
  const keys: [Kind, string][] = [['account', accountKey(email)]]
  // Always in this order: two tries that wait for each other would wait for ever.
  if (address) keys.unshift(['address', addressKey(address)])
  return database().$transaction(async (tx) => {
    const waits = await tx.$queryRaw<{ seconds: number }[]>`
      select ceil(extract(epoch from blocked_until - now()))::int as seconds from login_attempts
      where key = any(${keys.map(([, key]) => key)}) and blocked_until > now()`
    if (waits.length > 0) return refused(waits.map(({ seconds }) => seconds))
    let accountFailures = 0
    for (const [kind, key] of keys) {
      const failures = await count(tx, kind, key)
      // Somebody else's failure blocked it between the two statements.
      if (failures === null) return refused([1])
      if (kind === 'account') accountFailures = failures
    }
    return { ok: true, accountFailures }
  })
}

const refused = (seconds: number[]): Admission => ({ ok: false, retryAfter: Math.max(1, ...seconds) })

/** Adds one failure, and the block it may bring; null when the key is blocked. */
async function count(tx: Transaction, kind: Kind, key: string): Promise<number | null> {
  const free = FREE_FAILURES[kind]
  const [row] = await tx.$queryRaw<{ failures: number }[]>`
    insert into login_attempts as a (key, failures) values (${key}, 1)
    on conflict (key) do update set (failures, last_at, blocked_until) = (
      select n, now(), case when n >= ${free}::int then
        now() + interval '1 second'
          * least(${LONGEST_BLOCK_S}::int, ${FIRST_BLOCK_S}::int * 2 ^ least(n - ${free}::int, ${MOST_DOUBLINGS}::int)) end
      from (select case when a.last_at < now() - ${FORGOTTEN_AFTER_S} * interval '1 second' then 1 else a.failures + 1 end as n) as next
    )
    where a.blocked_until is null or a.blocked_until <= now()
    returning failures`
  return row?.failures ?? null
}

/** Takes a try back that succeeded: the account begins anew, the address has one failure less. */
export async function forgive(email: string, address: string | null): Promise<void> {
  await database().loginAttempt.deleteMany({ where: { key: accountKey(email) } })
  if (address === null) return
  // The block that this very try brought goes with it.
  await database().loginAttempt.updateMany({
    where: { key: addressKey(address), failures: { gt: 0 } },
    data: { failures: { decrement: 1 }, blockedUntil: null },
  })
}

/** Lets an account sign in again at once; whether it was blocked. */
export async function unblock(tx: Transaction | Database, email: string): Promise<boolean> {
  const { count: lifted } = await tx.loginAttempt.deleteMany({
    where: { key: accountKey(email), blockedUntil: { gt: new Date() } },
  })
  return lifted > 0
}

/** Until when these accounts are blocked, by e-mail; only those that are. */
export async function blockedAccounts(emails: readonly string[]): Promise<Map<string, Date>> {
  const emailOf = new Map(emails.map((email) => [accountKey(email), email]))
  const rows = await database().loginAttempt.findMany({
    where: { key: { in: [...emailOf.keys()] }, blockedUntil: { gt: new Date() } },
    select: { key: true, blockedUntil: true },
  })
  return new Map(
    rows.flatMap(({ key, blockedUntil }) => (blockedUntil ? [[emailOf.get(key) ?? '', blockedUntil] as const] : [])),
  )
}

/** The addresses from which nobody can sign in now, and until when. */
export async function blockedAddresses(): Promise<{ address: string; until: Date }[]> {
  const rows = await database().loginAttempt.findMany({
    where: { key: { startsWith: ADDRESS }, blockedUntil: { gt: new Date() } },
    select: { key: true, blockedUntil: true },
    orderBy: { blockedUntil: 'desc' },
    // A flood has more of them than anybody reads.
    take: 10,
  })
  return rows.flatMap(({ key, blockedUntil }) =>
    blockedUntil ? [{ address: key.slice(ADDRESS.length), until: blockedUntil }] : [],
  )
}

/** Lets people sign in from an address again at once; whether it was blocked. */
export async function unblockAddress(tx: Transaction, address: string): Promise<boolean> {
  const { count: lifted } = await tx.loginAttempt.deleteMany({
    where: { key: addressKey(address), blockedUntil: { gt: new Date() } },
  })
  return lifted > 0
}

/** Removes what counts no more, some at a time: whoever fails pays for it. */
export async function forgetOld(): Promise<void> {
  await database().$executeRaw`
    delete from login_attempts where key in (
      select key from login_attempts where last_at < now() - ${FORGOTTEN_AFTER_S} * interval '1 second' limit 1000
    )`
}

/** What is typed for an e-mail is now and then the password: only a hash of it is kept. */
const accountKey = (email: string) => `account:${createHash('sha256').update(email.toLowerCase()).digest('hex')}`
const ADDRESS = 'address:'
const addressKey = (address: string) => ADDRESS + address
