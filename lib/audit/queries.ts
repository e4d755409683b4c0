import type { Actor } from '@/lib/audit/commands'
import { NOBODY } from '@/lib/audit/nobody'
import { database } from '@/lib/db'
import type { Prisma } from '@/prisma/client/client'

/** Entries on one page of the log. */
export const ENTRIES_PER_PAGE = 50

export interface AuditFilter {
  /** users.id, or NOBODY. */
  who?: number | typeof NOBODY | undefined
  action?: string | undefined
  /** From this moment on, and before that one. */
  from?: Date | undefined
  to?: Date | undefined
  /** The page of what came before this entry, or after that one; none: the newest. */
  before?: bigint | undefined
  after?: bigint | undefined
}

export interface AuditRow {
  id: bigint
  at: Date
  actor: Actor
  action: string
  subject: string | null
  details: Prisma.JsonValue
}

export interface AuditPage {
  entries: AuditRow[]
  /** Whether there is anything newer, and anything older. */
  newer: boolean
  older: boolean
}

const rowSelect = {
  id: true,
  at: true,
  actorId: true,
  actor: true,
  action: true,
  subject: true,
  details: true,
} as const satisfies Prisma.AuditEntrySelect

const toRow = ({ actorId, actor, ...entry }: Prisma.AuditEntryGetPayload<{ select: typeof rowSelect }>): AuditRow => ({
  ...entry,
  actor: actorId === null ? null : { id: actorId, email: actor ?? String(actorId) },
})

/** One page of the log, newest first, found by its edge: however long the log grows, no page is slower than another. */
export async function listAudit(filter: AuditFilter): Promise<AuditPage> {
  const { before, after } = filter
  const upwards = after !== undefined
  const conditions: Prisma.AuditEntryWhereInput[] = [whereOf(filter)]
  if (upwards) conditions.push({ id: { gt: after } })
  else if (before !== undefined) conditions.push({ id: { lt: before } })
  const rows = await database().auditEntry.findMany({
    where: { AND: conditions },
    select: rowSelect,
    orderBy: { id: upwards ? 'asc' : 'desc' },
    // One more than is shown tells whether there is another page.
    take: ENTRIES_PER_PAGE + 1,
  })
  const more = rows.length > ENTRIES_PER_PAGE
  const page = rows.slice(0, ENTRIES_PER_PAGE)
  if (upwards) page.reverse()
  return {
    entries: page.map(toRow),
    newer: upwards ? more : before !== undefined,
    older: upwards ? true : more,
  }
}

function whereOf({ who, action, from, to }: AuditFilter): Prisma.AuditEntryWhereInput {
  const where: Prisma.AuditEntryWhereInput = {}
  if (who !== undefined) where.actorId = who === NOBODY ? null : who
  if (action) where.action = action
  if (from || to) where.at = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) }
  return where
}

/** Who can be asked for: everybody who has an account. */
export const listActors = (): Promise<{ id: number; email: string }[]> =>
  database().user.findMany({ select: { id: true, email: true }, orderBy: { email: 'asc' } })

/** The last things that happened to a user, sign-ins among them, newest first. */
export async function latestAbout(userId: number, count: number): Promise<AuditRow[]> {
  const rows = await database().auditEntry.findMany({
    where: {
      subject: String(userId),
      // The same number may be a session's.
      OR: [{ action: { startsWith: 'user.' } }, { action: { startsWith: 'sign_in.' } }],
    },
    select: rowSelect,
    orderBy: { id: 'desc' },
    take: count,
  })
  return rows.map(toRow)
}
