import 'server-only'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
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
}

/**
 * Who asks, or null. The cookie only says who it was at sign-in: the user is read again at every request,
 * so that a disabled one is out, and a changed role counts, at once.
 */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const id = await signedInId()
  return id === null ? null : readUser(id)
})

/**
 * The same for what is only looked at and asked for again and again: while this process hears of every change of a user
 * (lib/events), all requests of one share what was read. Never for a command.
 */
export const currentViewer = cache(async (): Promise<CurrentUser | null> => {
  const id = await signedInId()
  return id === null ? null : sharedRead(`user ${id}`, () => readUser(id))
})

async function signedInId(): Promise<number | null> {
  const session = await getServerSession(authOptions())
  return session && Number.isInteger(session.userId) ? session.userId : null
}

const readUser = (id: number): Promise<CurrentUser | null> =>
  database().user.findFirst({
    where: { id, isActive: true },
    select: { id: true, email: true, name: true, role: true },
  })

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
