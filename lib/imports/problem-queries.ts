import { database } from '@/lib/db'
import type { Sentence } from '@/lib/imports/sentence'
import type { KeptProblem, ProblemFilter, ProblemList } from '@/lib/imports/session'
import { literally } from '@/lib/imports/session-conditions'
import { STEP_ORDER } from '@/lib/imports/types'
import type { Prisma } from '@/prisma/client/client'
import type { StepKind } from '@/prisma/client/enums'

/** Problems on one page of the list. */
export const PROBLEMS_PER_PAGE = 50

const problemSelect = {
  id: true,
  step: true,
  severity: true,
  code: true,
  file: true,
  line: true,
  externalId: true,
  field: true,
  message: true,
  sentence: true,
} as const satisfies Prisma.ImportProblemSelect

const keptProblem = (row: Prisma.ImportProblemGetPayload<{ select: typeof problemSelect }>): KeptProblem => ({
  ...row,
  sentence: row.sentence as Sentence | null,
})

/** One page of a session's kept problems, in the order they were found. */
export async function listProblems(sessionId: number, filter: ProblemFilter): Promise<ProblemList> {
  const db = database()
  const where = whereOf(sessionId, filter)
  const [found, kept, totals] = await Promise.all([
    db.importProblem.count({ where }),
    db.importProblem.count({ where: { sessionId } }),
    db.importProblemTotal.findMany({
      where: { sessionId },
      select: { stepName: true, severity: true, code: true, count: true },
    }),
  ])
  const pages = Math.max(1, Math.ceil(found / PROBLEMS_PER_PAGE))
  const page = Math.min(Math.max(1, filter.page), pages)
  const rows = await db.importProblem.findMany({
    where,
    select: problemSelect,
    orderBy: { id: 'asc' },
    skip: (page - 1) * PROBLEMS_PER_PAGE,
    take: PROBLEMS_PER_PAGE,
  })
  const steps = new Set(totals.map(({ stepName }) => stepName || 'session'))
  const counted = totals.filter(
    ({ stepName, severity, code }) =>
      (!filter.severity || filter.severity === severity) &&
      (!filter.step || filter.step === (stepName || 'session')) &&
      (!filter.code || filter.code === code),
  )
  return {
    problems: rows.map(keptProblem),
    found,
    page,
    pages,
    total: sumOf(totals),
    kept,
    counted: sumOf(counted),
    steps: (['session', ...STEP_ORDER] as const).filter((step) => steps.has(step)),
    codes: [...new Set(totals.map(({ code }) => code))].sort(),
  }
}

const sumOf = (totals: readonly { count: number }[]) => totals.reduce((sum, { count }) => sum + count, 0)

/** How many are fetched at once for a download: a session keeps ten thousand. */
const BATCH = 1000

/** All kept problems that fit the filter, in the order they were found, a batch in memory at a time. */
export async function* eachProblem(
  sessionId: number,
  filter: Omit<ProblemFilter, 'page'>,
): AsyncGenerator<KeptProblem> {
  const where = whereOf(sessionId, filter)
  for (let after = 0n; ; ) {
    const batch = await database().importProblem.findMany({
      where: { AND: [where, { id: { gt: after } }] },
      select: problemSelect,
      orderBy: { id: 'asc' },
      take: BATCH,
    })
    yield* batch.map(keptProblem)
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) return
    after = last.id
  }
}

function whereOf(sessionId: number, filter: Omit<ProblemFilter, 'page'>): Prisma.ImportProblemWhereInput {
  const where: Prisma.ImportProblemWhereInput = { sessionId }
  if (filter.severity) where.severity = filter.severity
  if (filter.step) where.step = filter.step === 'session' ? null : (filter.step satisfies StepKind)
  if (filter.code) where.code = filter.code
  if (filter.search) {
    const contains = { contains: literally(filter.search), mode: 'insensitive' } as const
    where.OR = [{ message: contains }, { externalId: contains }, { file: contains }]
  }
  return where
}
