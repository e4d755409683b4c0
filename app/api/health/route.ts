export const dynamic = 'force-dynamic'

/** Whether this process answers at all; whether it can do its work, `ready` says. A restart mends this, but no database. */
export const GET = (): Response => Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
