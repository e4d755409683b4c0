import { type NextFetchEvent, type NextMiddleware, type NextRequest, NextResponse } from 'next/server'
import { withAuth } from 'next-auth/middleware'
import { authSecret, env } from '@/lib/env'
import { FILE_POLICY, pagePolicy, STRICT_TRANSPORT } from '@/lib/security-headers'

// The first door only, and an optimistic one: it trusts the cookie. Pages and actions ask lib/session.ts again.
const door = withAuth({
  pages: { signIn: '/login' },
  // Read at the first request, so that `next build` needs no settings.
  get secret() {
    return authSecret()
  },
  callbacks: { authorized: ({ req, token }) => !/^\/admin(\/|$)/.test(req.nextUrl.pathname) || token !== null },
}) as NextMiddleware

/**
 * What is no page. Next.js appends the rest of such an answer's headers by itself. An id of 1C, the end of an address of the
 * catalogue, may look like a file's name.
 */
const FILE = /^\/api\/|^\/admin\/imports\/.*\.(csv|txt)$/

/** The door, with the policy of what may run in the browser on every answer, refusals included. */
const withPolicy =
  (next: NextMiddleware) =>
  async (request: NextRequest, event: NextFetchEvent): Promise<Response> => {
    const { NODE_ENV, NEXTAUTH_URL = request.url } = env()
    const https = NEXTAUTH_URL.startsWith('https:')
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
    const page = pagePolicy({ nonce, dev: NODE_ENV === 'development', https })
    // Next.js finds the nonce for its scripts in the request's own policy.
    const headers = new Headers(request.headers)
    headers.set('Content-Security-Policy', page)
    const answer = (await next(request, event)) ?? NextResponse.next({ request: { headers } })
    answer.headers.set('Content-Security-Policy', FILE.test(request.nextUrl.pathname) ? FILE_POLICY : page)
    if (https) answer.headers.set('Strict-Transport-Security', STRICT_TRANSPORT)
    return answer
  }

export default withPolicy(door)

export const config = {
  // Everything but the build's own files, which are the same for everybody and run nothing by themselves.
  matcher: ['/((?!_next/static/).*)'],
  runtime: 'nodejs',
}
