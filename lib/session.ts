import 'server-only'
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { authOptions } from '@/lib/auth'
import { database } from '@/lib/db'
import type { Role } from '@/prisma/client/enums'

export interface CurrentUser {
  id: number
  email: string
  name: string | null
  role: Role
}

/** Roles that may start an import; a viewer reads only. */
export const IMPORTERS = ['ADMIN', 'OPERATOR'] as const satisfies readonly Role[]

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

/** Who asks, when their role is among `roles`; null when it is not. Somebody signed out goes to the sign-in page. */
export async function requireRole(roles: readonly Role[], path: string): Promise<CurrentUser | null> {
  const user = await requireUser(path)
  return roles.includes(user.role) ? user : null
}
