import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { problemFilterOf } from '@/app/admin/imports/[id]/problems/problem-params'
import type { SearchParams } from '@/app/admin/imports/search-params'
import { rowUrlsOf } from '@/components/catalog/row-url'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { EmptyProblems } from '@/components/imports/empty-problems'
import { Pagination } from '@/components/imports/pagination'
import { ProblemFilters } from '@/components/imports/problem-filters'
import { DownloadProblems } from '@/components/imports/problem-links'
import { ProblemTable } from '@/components/imports/problem-table'
import { problemsUrl } from '@/components/imports/problem-url'
import { Notice } from '@/components/ui/notice'
import { listProblems, PROBLEMS_PER_PAGE } from '@/lib/imports/problem-queries'
import { sessionHead } from '@/lib/imports/queries'
import { sessionIdOf } from '@/lib/imports/session-id'
import { isActive } from '@/lib/imports/status'
import { requireUser } from '@/lib/session'

interface ProblemsPageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: ProblemsPageProps): Promise<Metadata> {
  const [t, { id }] = await Promise.all([getTranslations(), params])
  return { title: sessionIdOf(id) === null ? t('notFound.session') : t('problem.listTitle', { id }) }
}

export default async function ProblemsPage({ params, searchParams }: ProblemsPageProps) {
  const sessionId = sessionIdOf((await params).id)
  if (sessionId === null) notFound()
  const filter = problemFilterOf(await searchParams)
  const user = await requireUser(problemsUrl(sessionId, filter))
  const [t, session, list] = await Promise.all([
    getTranslations(),
    sessionHead(sessionId),
    listProblems(sessionId, filter),
  ])
  if (!session) notFound()
  const id = String(sessionId)
  const active = isActive(session.status)
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-4 px-4 py-6 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="space-y-1">
          <Link
            href={`/admin/imports/${id}`}
            prefetch={false}
            className="inline-flex items-center gap-1 text-muted hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4" />
            {t('detail.title', { id })}
          </Link>
          <h1 className="font-semibold text-xl">{t('problem.listTitle', { id })}</h1>
        </div>
        {list.found > 0 ? <DownloadProblems sessionId={sessionId} filter={filter} /> : null}
      </div>
      {list.total > list.kept ? (
        <Notice kind="info">
          <p>{t('problem.overflow', { total: list.total, kept: list.kept })}</p>
        </Notice>
      ) : null}
      {list.total > 0 ? <ProblemFilters sessionId={sessionId} filter={filter} list={list} /> : null}
      {list.problems.length > 0 ? (
        <>
          <ProblemTable problems={list.problems} rowUrl={rowUrlsOf({ ...session, id: sessionId }, user.role)} />
          <Pagination
            page={list.page}
            pages={list.pages}
            pageSize={PROBLEMS_PER_PAGE}
            total={list.found}
            shown={list.problems.length}
            urlOf={(page) => problemsUrl(sessionId, { ...filter, page })}
          />
        </>
      ) : (
        <EmptyProblems sessionId={sessionId} list={list} active={active} />
      )}
      <AutoRefresh active={active} renderedAt={new Date().toISOString()} />
    </main>
  )
}
