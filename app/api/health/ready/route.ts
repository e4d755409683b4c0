import { readiness } from '@/lib/metrics/readiness'

export const dynamic = 'force-dynamic'

/** Whether a page can be served now: 200 or 503. A worker that is gone makes no page worse, so it is told, not counted. */
export async function GET(): Promise<Response> {
  const state = await readiness()
  return Response.json(state, { status: state.status === 'ok' ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
