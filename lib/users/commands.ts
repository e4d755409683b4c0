import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database, type Transaction } from '@/lib/db'
import { hashPassword, verifyPassword } from '@/lib/password'
import { admit, forgive, unblock, unblockAddress } from '@/lib/users/throttle'
import { Prisma } from '@/prisma/client/client'
import type { Role } from '@/prisma/client/enums'

export interface NewUser {
  /** Lower-cased. */
  email: string
  name: string | null
  role: Role
  password: string
}

/** Why a change of a user was refused. */
export type UserRefusal = 'unknown' | 'own' | 'last_admin'
export type UserChange = { ok: true } | { ok: false; reason: UserRefusal }

const DONE = { ok: true } as const

/** Adds somebody who may sign in at once. */
export async function addUser(
  { email, name, role, password }: NewUser,
  actor: Actor,
): Promise<{ ok: true; id: number } | { ok: false; reason: 'taken' }> {
  const passwordHash = await hashPassword(password)
  try {
    return await database().$transaction(async (tx) => {
      const { id } = await tx.user.create({ data: { email, name, role, passwordHash }, select: { id: true } })
      await recordAudit(tx, actor, 'user.added', { subject: id, details: { email, role } })
      return { ok: true, id }
    })
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
    return { ok: false, reason: 'taken' }
  }
}

/** Gives a user another role. Nobody changes their own, and one active administrator always stays. */
export const changeRole = (id: number, role: Role, actor: Actor): Promise<UserChange> =>
  changing(id, actor, async (tx, user) => {
    if (user.role === role) return DONE
    if (isAdmin(user) && !(await anotherAdmin(tx, id))) return { ok: false, reason: 'last_admin' }
    await tx.user.update({ where: { id }, data: { role }, select: { id: true } })
    await recordAudit(tx, actor, 'user.role_changed', {
      subject: id,
      details: { email: user.email, from: user.role, to: role },
    })
    return DONE
  })

/** Closes the door and ends every open sign-in; it opens again with `enableUser`, the sign-ins do not. */
export const disableUser = (id: number, actor: Actor): Promise<UserChange> =>
  changing(id, actor, async (tx, user) => {
    if (!user.isActive) return DONE
    if (isAdmin(user) && !(await anotherAdmin(tx, id))) return { ok: false, reason: 'last_admin' }
    await tx.user.update({
      where: { id },
      data: { isActive: false, sessionEpoch: { increment: 1 } },
      select: { id: true },
    })
    await recordAudit(tx, actor, 'user.disabled', { subject: id, details: { email: user.email } })
    return DONE
  })

/** Opens the door again. */
export const enableUser = (id: number, actor: Actor): Promise<UserChange> =>
  changing(id, actor, async (tx, user) => {
    if (user.isActive) return DONE
    await tx.user.update({ where: { id }, data: { isActive: true }, select: { id: true } })
    await recordAudit(tx, actor, 'user.enabled', { subject: id, details: { email: user.email } })
    return DONE
  })

/** Gives somebody another password, ends every open sign-in of theirs, and forgets their failed ones. */
export async function resetPassword(id: number, password: string, actor: Actor): Promise<UserChange> {
  const passwordHash = await hashPassword(password)
  return changing(id, actor, async (tx, user) => {
    await setPassword(tx, id, passwordHash)
    await unblock(tx, user.email)
    await recordAudit(tx, actor, 'user.password_reset', { subject: id, details: { email: user.email } })
    return DONE
  })
}

/** Lets somebody whom too many failures keep out sign in again at once. */
export const unblockUser = (id: number, actor: Actor): Promise<UserChange> =>
  changing(id, actor, async (tx, user) => {
    if (await unblock(tx, user.email)) {
      await recordAudit(tx, actor, 'user.unblocked', { subject: id, details: { email: user.email } })
    }
    return DONE
  })

/** Lets people sign in again from an address whence too many tries failed. */
export const openAddress = (address: string, actor: Actor): Promise<void> =>
  database().$transaction(async (tx) => {
    if (await unblockAddress(tx, address)) {
      await recordAudit(tx, actor, 'sign_in.address_unblocked', { details: { address } })
    }
  })

export type OwnPasswordResult =
  | { ok: true }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'throttled'; retryAfter: number }

/** Changes one's own password, by the present one; every open sign-in ends. Guessing is slowed down as at the door. */
export async function changeOwnPassword(
  user: { id: number; email: string },
  { current, next }: { current: string; next: string },
): Promise<OwnPasswordResult> {
  const admission = await admit(user.email, null)
  if (!admission.ok) return { ok: false, reason: 'throttled', retryAfter: admission.retryAfter }
  const row = await database().user.findUniqueOrThrow({ where: { id: user.id }, select: { passwordHash: true } })
  if (!(await verifyPassword(current, row.passwordHash))) return { ok: false, reason: 'wrong' }
  await forgive(user.email, null)
  const passwordHash = await hashPassword(next)
  await database().$transaction(async (tx) => {
    await setPassword(tx, user.id, passwordHash)
    await recordAudit(tx, user, 'user.password_changed', { subject: user.id, details: { email: user.email } })
  })
  return DONE
}

const setPassword = (tx: Transaction, id: number, passwordHash: string) =>
  tx.user.update({ where: { id }, data: { passwordHash, sessionEpoch: { increment: 1 } }, select: { id: true } })

interface Locked {
  email: string
  role: Role
  isActive: boolean
}

/**
 * One change of one user, in a transaction that has every active administrator and that user locked: two that would
 * each leave the other as the last administrator come one after the other. On one's own account nothing of this is
 * done, so that nobody locks themselves out.
 */
async function changing(
  id: number,
  actor: Actor,
  change: (tx: Transaction, user: Locked) => Promise<UserChange>,
): Promise<UserChange> {
  if (actor?.id === id) return { ok: false, reason: 'own' }
  return database().$transaction(async (tx) => {
    // In the order of their ids: transactions that wait for each other would wait for ever.
    await tx.$queryRaw`
      select id from users where id = ${id} or (role = 'ADMIN' and is_active) order by id for update`
    // Read again: what was waited for may have changed.
    const user = await tx.user.findUnique({ where: { id }, select: { email: true, role: true, isActive: true } })
    return user ? change(tx, user) : { ok: false, reason: 'unknown' }
  })
}

const isAdmin = ({ role, isActive }: Locked) => role === 'ADMIN' && isActive

/** Whether an active administrator stays when this user is none. */
const anotherAdmin = async (tx: Transaction, id: number): Promise<boolean> =>
  (await tx.user.findFirst({ where: { role: 'ADMIN', isActive: true, id: { not: id } }, select: { id: true } })) !==
  null
