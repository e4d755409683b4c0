import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { controlSession } from '@/app/admin/imports/actions'
import { parseSearchParams, type SearchParams } from '@/app/admin/imports/search-params'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { ControlScope } from '@/components/imports/control-scope'
import { EmptyList } from '@/components/imports/empty-list'
import { isFiltered, listUrl } from '@/components/imports/list-url'
import { NoWorkerNotice } from '@/components/imports/no-worker-notice'
import { PageTurn } from '@/components/imports/page-turn'
import { SessionFilters } from '@/components/imports/session-filters'
import { SessionTable } from '@/components/imports/session-table'
import { DeletedNotice, StartedNotice } from '@/components/imports/started-notice'
import { StatusAnnouncer } from '@/components/imports/status-announcer'
import { buttonClass } from '@/components/ui/button'
import type { SessionSummary } from '@/lib/imports/session'
import { listView } from '@/lib/imports/view'
import { may } from '@/lib/permissions'
import { requireViewer } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('list'))('title') }
}

export default async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { filter, started, deleted } = parseSearchParams(await searchParams)
  const user = await requireViewer(listUrl(filter))
  const [t, view] = await Promise.all([getTranslations('list'), listView(filter, await getTimeZone(), started)])
  const { list, starters, workerAlive, started: startedSession } = view
  const renderedAt = new Date()
  const mayStart = may(user.role, 'imports.start')
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-4 px-4 py-6 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl">{t('title')}</h1>
        {mayStart ? (
          <Link prefetch={false} href="/admin/imports/new" className={buttonClass('primary')}>
            <Plus aria-hidden className="size-4" />
            {t('start')}
          </Link>
        ) : (
          <p className="text-muted text-xs">{t('viewer')}</p>
        )}
      </div>
      {startedSession && isFresh(startedSession, renderedAt) ? (
        <StartedNotice session={startedSession} dismissUrl={listUrl(filter)} />
      ) : null}
      {deleted === undefined ? null : <DeletedNotice sessionId={deleted} dismissUrl={listUrl(filter)} />}
      {list.anyActive && !workerAlive ? <NoWorkerNotice /> : null}
      {list.anyEver ? <SessionFilters filter={filter} starters={starters} /> : null}
      {list.sessions.length > 0 ? (
        <ControlScope control={controlSession}>
          <SessionTable sessions={list.sessions} filter={filter} role={user.role} />
          <PageTurn filter={filter} list={list} />
        </ControlScope>
      ) : (
        <EmptyList list={list} filtered={isFiltered(filter)} mayStart={mayStart} />
      )}
      <StatusAnnouncer sessions={list.sessions.map(({ id, jobState }) => ({ id, jobState }))} />
      <AutoRefresh
        active={list.anyActive}
        renderedAt={renderedAt.toISOString()}
        check={{ url: checkUrl(listUrl(filter), started), version: view.version }}
      />
    </main>
  )
}

/** Where a browser asks whether the list at that address shows something else by now. */
function checkUrl(url: string, started: number | undefined): string {
  const params = new URLSearchParams(url.split('?')[1])
  if (started !== undefined) params.set('started', String(started))
  return `/api/imports/check?${params}`
}

/** The notice of a start is shown for ten minutes: the address may be bookmarked. */
const isFresh = ({ createdAt }: SessionSummary, now: Date) => now.getTime() - createdAt.getTime() < 10 * 60 * 1000
