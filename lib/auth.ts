import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { database } from '@/lib/db'
import { authSecret } from '@/lib/env'
import { verifyPassword } from '@/lib/password'

declare module 'next-auth' {
  interface Session {
    /** users.id; whether that user may still do anything, lib/session.ts asks the database. */
    userId: number
  }
}

const credentials = z.object({
  email: z.string().trim().toLowerCase().min(1).max(320),
  password: z.string().min(1).max(1000),
})

// Of no password; verified against when there is no such user, so that the answer takes as long.
const NOBODYS_HASH = `scrypt$32768$8$3$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`

/** The user with these credentials, or null: unknown, disabled and mistyped look and last the same. */
async function authenticate(input: unknown): Promise<{ id: string } | null> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const user = await database().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, isActive: true },
  })
  const matches = await verifyPassword(password, user?.passwordHash ?? NOBODYS_HASH)
  return user?.isActive && matches ? { id: String(user.id) } : null
}

/** next-auth's settings; made at a request, so that `next build` needs no environment. */
export const authOptions = (): AuthOptions => ({
  secret: authSecret(),
  session: { strategy: 'jwt', maxAge: 7 * 24 * 60 * 60 },
  pages: { signIn: '/login', error: '/login' },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: authenticate,
    }),
  ],
  callbacks: {
    session: ({ session, token }) => ({ ...session, userId: Number(token.sub) }),
  },
})
