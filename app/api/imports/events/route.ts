import { env } from '@/lib/env'
import { eventHub } from '@/lib/events/hub'
import { may } from '@/lib/permissions'
import { currentUser } from '@/lib/session'

export const dynamic = 'force-dynamic'

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Neither Next.js nor a proxy may hold events back to compress them or to fill a buffer.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

const refuse = (status: 204 | 401 | 403 | 429 | 503) =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store' } })

/** Every change of every import as it happens, as server-sent events (lib/events/import-event.ts). */
export async function GET(request: Request): Promise<Response> {
  if (env().LIVE_EVENTS === 'off') return refuse(204)
  const user = await currentUser().catch(() => undefined)
  if (user === undefined) return refuse(503)
  if (!user) return refuse(401)
  if (!may(user.role, 'imports.read')) return refuse(403)
  // A browser that reconnects by itself sends the header; a page that does it in its own time, the parameter.
  const after = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  const stream = eventHub().open(user, after)
  if (!stream) return refuse(429)
  request.signal.addEventListener('abort', () => stream.end())
  return new Response(stream.body, { headers: HEADERS })
}
