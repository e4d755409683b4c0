import { withAuth } from 'next-auth/middleware'
import { authSecret } from '@/lib/env'

// The first door only, and an optimistic one: it trusts the cookie. Pages and actions ask lib/session.ts again.
export default withAuth({
  pages: { signIn: '/login' },
  // Read at the first request, so that `next build` needs no settings.
  get secret() {
    return authSecret()
  },
})

export const config = { matcher: ['/admin/:path*'], runtime: 'nodejs' }
