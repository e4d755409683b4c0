import { getTimeZone } from 'next-intl/server'
import { parseSearchParams } from '@/app/admin/imports/search-params'
import { sessionIdOf } from '@/lib/imports/session-id'
import { listView, sessionView } from '@/lib/imports/view'
import { overviewView } from '@/lib/overview/view'
import { may } from '@/lib/permissions'
import { currentViewer } from '@/lib/session'

export const dynamic = 'force-dynamic'

const answer = (status: 200 | 204 | 401 | 403 | 503) =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store' } })

/**
 * Whether a page would show something else now than the version in If-None-Match: the page of the session that the
 * parameter `session` names, or the overview if there is a parameter `overview`, else the list under the filter in the
 * other parameters. 204: it would not. Asked before each refresh, so that one that finds nothing new moves next to
 * nothing, and none is tried while it cannot succeed.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const user = await currentViewer()
    if (!user) return answer(401)
    if (!may(user.role, 'imports.read')) return answer(403)
    const params = Object.fromEntries(new URL(request.url).searchParams)
    return answer((await versionOf(params)) === request.headers.get('if-none-match') ? 204 : 200)
  } catch {
    return answer(503)
  }
}

async function versionOf(params: Record<string, string>): Promise<string | null> {
  if (params.overview !== undefined) return (await overviewView(await getTimeZone())).version
  if (params.session === undefined) {
    const { filter, started } = parseSearchParams(params)
    return (await listView(filter, await getTimeZone(), started)).version
  }
  const id = sessionIdOf(params.session)
  return id === null ? null : (await sessionView(id)).version
}
