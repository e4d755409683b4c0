import type { Instrumentation } from 'next'

/** Next.js calls this once, when the web process starts. */
export async function register(): Promise<void> {
  // Only where there is a server of Node's: the platforms without one set X-Forwarded-For themselves (TRUST_PROXY).
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [{ notePeerAddresses }, { endConnectionsWhenStopping }] = await Promise.all([
    import('@/lib/peer-address'),
    import('@/lib/last-answers'),
  ])
  notePeerAddresses()
  endConnectionsWhenStopping()
}

/**
 * Logs an error that a page, action or route threw, with the digest that the error page shows. Next.js traces its own
 * work through @opentelemetry/api: a preloaded SDK sees it (docs/operations.md, Traces).
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('@/lib/log')
  const digest = (error as { digest?: string }).digest
  // The path only: what stands behind «?» may be a search for somebody.
  const path = request.path.split('?')[0]
  log.error({ err: error, digest, method: request.method, path, route: routePath, kind: routeType }, 'request failed')
}
