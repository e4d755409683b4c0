import type { Readable } from 'node:stream'
import { type CsvRow, csvStream } from '@/lib/csv'
import { database } from '@/lib/db'
import type { Sentence } from '@/lib/imports/sentence'
import type { SessionListFilter } from '@/lib/imports/session'
import { parsePlace, placeOf } from '@/lib/imports/session-order'
import { findSessionIds, type PageStart } from '@/lib/imports/session-page'
import { nameOf } from '@/lib/users/name'
import type { Prisma } from '@/prisma/client/client'
import type { ImportType, SessionStatus } from '@/prisma/client/enums'

/** The columns that sum up the reports of a session's steps. */
const COUNTERS = [
  'processed',
  'created',
  'updated',
  'unchanged',
  'skipped',
  'deactivated',
  'errors',
  'warnings',
] as const
type Counter = (typeof COUNTERS)[number]

const CSV_COLUMNS = [
  'id',
  'types',
  'status',
  'dryRun',
  'jobId',
  'startedBy',
  'createdAt',
  'startedAt',
  'finishedAt',
  'seconds',
  ...COUNTERS.map((counter) => `${counter}Count` as const),
  'error',
] as const
type CsvColumn = (typeof CSV_COLUMNS)[number]

/** What the file says in the reader's language and time zone. */
export interface SessionsCsvWords {
  columns: Record<CsvColumn, string>
  type: (type: ImportType) => string
  status: (status: SessionStatus) => string
  dryRun: string
  starter: (session: { startedBy: string | null; schedule: { name: string } | null }) => string
  error: (message: string | null, sentence: Sentence | null) => string | null
  moment: (moment: Date) => string
}

const rowSelect = {
  id: true,
  types: true,
  status: true,
  dryRun: true,
  jobId: true,
  errorMessage: true,
  errorSentence: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  createdBy: { select: { name: true, email: true } },
  schedule: { select: { name: true } },
} as const satisfies Prisma.ImportSessionSelect

type Row = Prisma.ImportSessionGetPayload<{ select: typeof rowSelect }>

/** All sessions that fit the filter, in its order, as a CSV file. */
export function sessionsCsv(filter: SessionListFilter, timeZone: string, words: SessionsCsvWords): Readable {
  const headings = Object.fromEntries(
    CSV_COLUMNS.map((key) => [key, words.columns[key]]),
  ) as SessionsCsvWords['columns']
  return csvStream(headings, csvRows(filter, timeZone, words))
}

/** How many are fetched at once; more are never in memory. */
const BATCH = 1000

async function* csvRows(
  filter: SessionListFilter,
  timeZone: string,
  words: SessionsCsvWords,
): AsyncGenerator<CsvRow<CsvColumn>> {
  const db = database()
  for (let start: PageStart = null; ; ) {
    const { ids } = await findSessionIds(filter, timeZone, start, BATCH)
    const [rows, reports] = await Promise.all([
      db.importSession.findMany({ where: { id: { in: ids } }, select: rowSelect }),
      db.importStep.groupBy({
        by: ['sessionId'],
        where: { sessionId: { in: ids } },
        _sum: Object.fromEntries(COUNTERS.map((counter) => [counter, true])) as Record<Counter, true>,
      }),
    ])
    const sums = new Map(reports.map(({ sessionId, _sum }) => [sessionId, _sum]))
    const byId = new Map(rows.map((row) => [row.id, row]))
    const found = ids.flatMap((id) => byId.get(id) ?? [])
    for (const row of found) yield csvRow(row, sums.get(row.id), words)
    const last = found.at(-1)
    if (ids.length < BATCH || !last) return
    start = { after: parsePlace(placeOf(last, filter.order ?? 'newest')) }
  }
}

function csvRow(
  {
    id,
    types,
    status,
    dryRun,
    jobId,
    createdBy,
    schedule,
    createdAt,
    startedAt,
    finishedAt,
    errorMessage,
    errorSentence,
  }: Row,
  sums: Record<Counter, number | null> | undefined,
  words: SessionsCsvWords,
): CsvRow<CsvColumn> {
  const counts = Object.fromEntries(COUNTERS.map((counter) => [`${counter}Count`, sums?.[counter] ?? 0]))
  return {
    id,
    types: types.map(words.type).join(', '),
    status: words.status(status),
    dryRun: dryRun ? words.dryRun : null,
    jobId: jobId?.toString() ?? null,
    startedBy: words.starter({ startedBy: nameOf(createdBy), schedule }),
    createdAt: words.moment(createdAt),
    startedAt: startedAt && words.moment(startedAt),
    finishedAt: finishedAt && words.moment(finishedAt),
    seconds: startedAt && finishedAt && (finishedAt.getTime() - startedAt.getTime()) / 1000,
    ...(counts as Record<`${Counter}Count`, number>),
    error: words.error(errorMessage, errorSentence as Sentence | null),
  }
}
