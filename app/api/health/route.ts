import { database } from '@/lib/db'

export const dynamic = 'force-dynamic'

const NO_STORE = { 'Cache-Control': 'no-store' }

/** Whether a page can be served now: this process answers, and so does its database. Asked before each auto-refresh. */
export async function GET(): Promise<Response> {
  try {
    await database().$queryRaw`select 1`
    return Response.json({ status: 'ok' }, { headers: NO_STORE })
  } catch {
    return Response.json({ status: 'database_unavailable' }, { status: 503, headers: NO_STORE })
  }
}
