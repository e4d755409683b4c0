import { database } from '@/lib/db'
import type { LogLine } from '@/lib/imports/session'

/** Lines of a session's log that its page shows; the rest is downloaded. */
const SHOWN_LINES = 1000
/** Lines read at a time for a download. */
const BATCH = 2000

const select = { id: true, at: true, level: true, message: true, fields: true } as const

type Row = { id: bigint; at: Date; level: string; message: string; fields: unknown }

const toLine = ({ id, fields, ...line }: Row): LogLine => ({
  ...line,
  id: id.toString(),
  fields: fields === null ? '' : JSON.stringify(fields),
})

/** The last lines of a session's log, in order, and how many there are. */
export async function logOf(sessionId: number): Promise<{ log: LogLine[]; logTotal: number }> {
  const db = database()
  const [rows, logTotal] = await Promise.all([
    db.importLogLine.findMany({ where: { sessionId }, select, orderBy: { id: 'desc' }, take: SHOWN_LINES }),
    db.importLogLine.count({ where: { sessionId } }),
  ])
  return { log: rows.reverse().map(toLine), logTotal }
}

/** All lines of a session's log, one after the other. */
export async function* eachLogLine(sessionId: number): AsyncGenerator<LogLine> {
  let last = 0n
  for (;;) {
    const rows = await database().importLogLine.findMany({
      where: { sessionId, id: { gt: last } },
      select,
      orderBy: { id: 'asc' },
      take: BATCH,
    })
    if (rows.length === 0) return
    for (const row of rows) yield toLine(row)
    last = rows.at(-1)?.id ?? last
  }
}
