import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { clientAddress } from '@/lib/client-address'
import { authSecret, env } from '@/lib/env'
import { log } from '@/lib/log'
import { throttled, UNAVAILABLE } from '@/lib/sign-in-error'
import { checkSignIn } from '@/lib/users/sign-in'

declare module 'next-auth' {
  interface Session {
    /** users.id; whether that user may still do anything, lib/session.ts asks the database. */
    userId: number
    /** users.session_epoch at sign-in. */
    epoch: number
  }
}

interface AuthUser {
  id: string
  epoch: number
}

const credentials = z.object({
  // PostgreSQL has no place for NUL in a text.
  email: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(320)
    .regex(/^\P{Cc}*$/u),
  password: z.string().min(1).max(1000),
})

/** The user with these credentials, or null. What is thrown, next-auth tells the browser: so nothing of what went wrong. */
async function authenticate(input: unknown, headers: Record<string, unknown>): Promise<AuthUser | null> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return null
  const address = clientAddress(headers, env().TRUST_PROXY)
  const result = await checkSignIn({ ...parsed.data, address }).catch((error: unknown) => {
    log.error({ err: error }, 'nobody can sign in now')
    throw new Error(UNAVAILABLE)
  })
  if (result.ok) return { id: String(result.userId), epoch: result.epoch }
  if (result.reason === 'throttled') throw new Error(throttled(result.retryAfter))
  return null
}

/** next-auth's settings; made at a request, so that `next build` needs no environment. */
export const authOptions = (): AuthOptions => ({
  secret: authSecret(),
  session: { strategy: 'jwt', maxAge: 7 * 24 * 60 * 60 },
  pages: { signIn: '/login', error: '/login' },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: (input, request) => authenticate(input, request.headers ?? {}),
    }),
  ],
  callbacks: {
    // `user` is there at sign-in only.
    jwt: ({ token, user }) => (user ? { ...token, epoch: (user as AuthUser).epoch } : token),
    session: ({ session, token }) => ({ ...session, userId: Number(token.sub), epoch: Number(token.epoch ?? 0) }),
  },
})
