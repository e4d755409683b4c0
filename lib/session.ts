import 'server-only'
import { redirect } from 'next/navigation'
import { getServerSession, type Session } from 'next-auth'
import { cache } from 'react'
import { authOptions } from '@/lib/auth'
import { database } from '@/lib/db'
import { sharedRead } from '@/lib/events/shared-read'
import { may, type Permission } from '@/lib/permissions'
import type { Role } from '@/prisma/client/enums'

export interface CurrentUser {
  id: number
  email: string
  name: string | null
  role: Role
  /** users.session_epoch, that of their sign-in too. */
  epoch: number
}

/**
 * Who asks, or null. The cookie only says who it was at sign-in: the user is read again at every request,
 * so that a disabled one is out, a changed role counts, and a new password ends what was opened with the old one, at once.
 */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const signIn = await signInOf()
  return signIn && userOf(signIn, await readUser(signIn.userId))
})

/**
 * The same for what is only looked at and asked for again and again: while this process hears of every change of a user
 * (lib/events), all requests of one share what was read. Never for a command.
 */
export const currentViewer = cache(async (): Promise<CurrentUser | null> => {
  const signIn = await signInOf()
  return signIn && userOf(signIn, await sharedRead(String(signIn.userId), () => readUser(signIn.userId), 'users'))
})

/** What the cookie says. */
type SignIn = Pick<Session, 'userId' | 'epoch'>

async function signInOf(): Promise<SignIn | null> {
  const session = await getServerSession(authOptions())
  return session && Number.isInteger(session.userId) ? session : null
}

const readUser = (id: number) =>
  database().user.findFirst({
    where: { id, isActive: true },
    select: { id: true, email: true, name: true, role: true, sessionEpoch: true },
  })

/** Whom a cookie still stands for; one from before there were epochs has none, and is of the first. */
function userOf(signIn: SignIn, row: Awaited<ReturnType<typeof readUser>>): CurrentUser | null {
  if (!row) return null
  const { sessionEpoch: epoch, ...user } = row
  return epoch === (signIn.epoch ?? 0) ? { ...user, epoch } : null
}

/** Who asks; somebody signed out goes to the sign-in page, and from there back to `path`. */
export async function requireUser(path: string): Promise<CurrentUser> {
  return (await currentUser()) ?? redirect(`/login?callbackUrl=${encodeURIComponent(path)}`)
}

/** Who looks (see currentViewer); somebody signed out goes to the sign-in page, and from there back to `path`. */
export async function requireViewer(path: string): Promise<CurrentUser> {
  return (await currentViewer()) ?? redirect(`/login?callbackUrl=${encodeURIComponent(path)}`)
}

/** Who asks, when they may do that; null when not. Somebody signed out goes to the sign-in page, and from there back to `path`. */
export async function requirePermission(permission: Permission, path: string): Promise<CurrentUser | null> {
  const user = await requireUser(path)
  return may(user.role, permission) ? user : null
}
