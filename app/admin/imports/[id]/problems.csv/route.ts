import { Readable } from 'node:stream'
import type { NextRequest } from 'next/server'
import { getTranslations } from 'next-intl/server'
import { problemFilterOf } from '@/app/admin/imports/[id]/problems/problem-params'
import { problemTitle } from '@/components/imports/problem-title'
import { told } from '@/components/imports/told'
import { eachProblem } from '@/lib/imports/problem-queries'
import { type CsvWords, problemsCsv } from '@/lib/imports/problems-csv'
import { sessionHead } from '@/lib/imports/queries'
import { sessionIdOf } from '@/lib/imports/session-id'
import { currentUser } from '@/lib/session'

type Context = { params: Promise<{ id: string }> }

/** A session's problems as a file, under the same filter as their page; for everybody who may see that. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  if (!(await currentUser())) return new Response(null, { status: 401 })
  const sessionId = sessionIdOf((await params).id)
  if (sessionId === null || (await sessionHead(sessionId)) === null) return new Response(null, { status: 404 })

  const filter = problemFilterOf(Object.fromEntries(request.nextUrl.searchParams))
  const csv = problemsCsv(eachProblem(sessionId, filter), await csvWords())
  return new Response(Readable.toWeb(csv) as ReadableStream, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="obmen-session-${sessionId}-problems.csv"`,
      'Cache-Control': 'private, no-store',
    },
  })
}

async function csvWords(): Promise<CsvWords> {
  const [t, titles, sentences] = await Promise.all([
    getTranslations(),
    getTranslations('problemCode'),
    getTranslations('sentence'),
  ])
  return {
    columns: {
      severity: t('problem.severity'),
      step: t('problem.step'),
      title: t('problem.code'),
      code: t('problem.codeId'),
      file: t('problem.file'),
      line: t('problem.line'),
      externalId: t('problem.externalId'),
      field: t('problem.field'),
      message: t('problem.message'),
    },
    severity: remembered((severity) => t(`problem.${severity}`)),
    step: remembered((step) => (step ? t(`step.${step}`) : t('problem.whole'))),
    title: remembered((code) => problemTitle(titles, code)),
    message: ({ message, sentence }) => told(sentences, message, sentence),
  }
}

/** Ten thousand rows ask for the same few words: looking them up each time took most of a download. */
function remembered<Key>(look: (key: Key) => string): (key: Key) => string {
  const known = new Map<Key, string>()
  return (key) => {
    const word = known.get(key) ?? look(key)
    known.set(key, word)
    return word
  }
}
