import { Readable } from 'node:stream'
import { eachLogLine } from '@/lib/imports/log-queries'
import { sessionHead } from '@/lib/imports/queries'
import { sessionIdOf } from '@/lib/imports/session-id'
import { may } from '@/lib/permissions'
import { currentUser } from '@/lib/session'

type Context = { params: Promise<{ id: string }> }

/** All that is kept of a session's log, as text; for everybody who may see the session. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const user = await currentUser()
  if (!user) return new Response(null, { status: 401 })
  if (!may(user.role, 'imports.read')) return new Response(null, { status: 403 })
  const sessionId = sessionIdOf((await params).id)
  if (sessionId === null || (await sessionHead(sessionId)) === null) return new Response(null, { status: 404 })

  return new Response(Readable.toWeb(Readable.from(textOf(sessionId))) as ReadableStream, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="obmen-session-${sessionId}.log"`,
      'Cache-Control': 'private, no-store',
    },
  })
}

async function* textOf(sessionId: number): AsyncGenerator<string> {
  for await (const { at, level, message, fields } of eachLogLine(sessionId)) {
    yield `${at.toISOString()} ${level.padEnd(5)} ${message}${fields ? ` ${fields}` : ''}\n`
  }
}
