import { database } from '@/lib/db'
import { blockedAccounts } from '@/lib/users/throttle'
import type { Role } from '@/prisma/client/enums'

/** Somebody who may, or might, sign in. */
export interface UserSummary {
  id: number
  email: string
  name: string | null
  role: Role
  isActive: boolean
  createdAt: Date
  lastSignInAt: Date | null
  /** Until when too many failed sign-ins keep this account out. */
  blockedUntil: Date | null
}

const summarySelect = {
  id: true,
  email: true,
  name: true,
  role: true,
  isActive: true,
  createdAt: true,
  lastSignInAt: true,
} as const

/** Everybody: those who may sign in first, then by e-mail. */
export async function listUsers(): Promise<UserSummary[]> {
  const rows = await database().user.findMany({
    select: summarySelect,
    orderBy: [{ isActive: 'desc' }, { email: 'asc' }],
  })
  return withBlocks(rows)
}

/** One of them; null when there is no such user. */
export async function getUser(id: number): Promise<UserSummary | null> {
  const row = await database().user.findUnique({ where: { id }, select: summarySelect })
  return row ? ((await withBlocks([row]))[0] ?? null) : null
}

async function withBlocks(rows: Omit<UserSummary, 'blockedUntil'>[]): Promise<UserSummary[]> {
  const blocked = await blockedAccounts(rows.map(({ email }) => email))
  return rows.map((row) => ({ ...row, blockedUntil: blocked.get(row.email) ?? null }))
}

/** The id that belongs to an e-mail; null when nobody has it. */
export async function userIdOf(email: string): Promise<number | null> {
  const user = await database().user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } })
  return user?.id ?? null
}
