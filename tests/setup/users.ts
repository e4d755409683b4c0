import { database } from '@/lib/db'
import { hashPassword } from '@/lib/password'
import type { Role } from '@/prisma/client/enums'

const PASSWORD = 'password of the tests'

/** Somebody who may sign in; made anew or given this role. */
export async function userWithRole(role: Role): Promise<{ email: string; password: string }> {
  const email = `${role.toLowerCase()}@example.org`
  const data = { role, isActive: true, sessionEpoch: 0, passwordHash: await hashPassword(PASSWORD) }
  await database().user.upsert({ where: { email }, create: { email, ...data }, update: data })
  return { email, password: PASSWORD }
}
