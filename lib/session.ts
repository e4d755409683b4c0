import 'server-only'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { authOptions } from '@/lib/auth'
import { database } from '@/lib/db'
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
  const session = await getServerSession(authOptions())
  if (!session || !Number.isInteger(session.userId)) return null
  return database().user.findFirst({
    where: { id: session.userId, isActive: true },
    select: { id: true, email: true, name: true, role: true },
  })
})

/** Who asks; somebody signed out goes to the sign-in page, and from there back to `path`. */
export async function requireUser(path: string): Promise<CurrentUser> {
  return (await currentUser()) ?? redirect(`/login?callbackUrl=${encodeURIComponent(path)}`)
}

/** Who asks, when they may do that; null when not. Somebody signed out goes to the sign-in page, and from there back to `path`. */
export async function requirePermission(permission: Permission, path: string): Promise<CurrentUser | null> {
  const user = await requireUser(path)
  return may(user.role, permission) ? user : null
}
