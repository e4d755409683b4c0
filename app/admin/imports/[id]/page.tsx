import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { controlSession } from '@/app/admin/imports/actions'
import { rowUrlsOf } from '@/components/catalog/row-url'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { ChangedIds } from '@/components/imports/changed-ids'
import { ControlScope } from '@/components/imports/control-scope'
import { DryRunBadge, DryRunNotice } from '@/components/imports/dry-run'
import { ExportFiles } from '@/components/imports/export-files'
import { JobNote } from '@/components/imports/job-note'
import { LogHint } from '@/components/imports/log-hint'
import { NoWorkerNotice } from '@/components/imports/no-worker-notice'
import { ProblemGroups } from '@/components/imports/problem-groups'
import { ProblemLinks } from '@/components/imports/problem-links'
import { Section } from '@/components/imports/section'
import { SessionCommands } from '@/components/imports/session-commands'
import { SessionFacts } from '@/components/imports/session-facts'
import { SessionKinship } from '@/components/imports/session-kinship'
import { SessionLog } from '@/components/imports/session-log'
import { SessionProgress } from '@/components/imports/session-progress'
import { SessionTrouble } from '@/components/imports/session-trouble'
import { StatusAnnouncer } from '@/components/imports/status-announcer'
import { StepReport } from '@/components/imports/step-report'
import { Timeline } from '@/components/imports/timeline'
import { Notice } from '@/components/ui/notice'
import { commandsFor } from '@/lib/imports/allowed'
import { sessionIdOf } from '@/lib/imports/session-id'
import { isActive } from '@/lib/imports/status'
import { sessionView } from '@/lib/imports/view'
import { may } from '@/lib/permissions'
import { requireViewer } from '@/lib/session'

interface SessionPageProps {
  params: Promise<{ id: string }>
}

/** The session an address names; read once for the title and the page. */
const viewAt = cache(async (id: string) => {
  const number = sessionIdOf(id)
  return number === null ? null : sessionView(number)
})

export async function generateMetadata({ params }: SessionPageProps): Promise<Metadata> {
  const { id } = await params
  await requireViewer(`/admin/imports/${id}`)
  const [t, view] = await Promise.all([getTranslations(), viewAt(id)])
  const session = view?.session
  if (!session) return { title: t('notFound.session') }
  return { title: `${t(`jobState.${session.jobState}`)} · ${t('detail.title', { id: String(session.id) })}` }
}

export default async function SessionPage({ params }: SessionPageProps) {
  const { id } = await params
  const user = await requireViewer(`/admin/imports/${id}`)
  const [t, view] = await Promise.all([getTranslations(), viewAt(id)])
  if (!view?.session) notFound()
  const { session, workerAlive, version } = view
  const active = isActive(session.status)
  const mayStart = may(user.role, 'imports.start')
  const rowUrl = rowUrlsOf(session, user.role)
  return (
    <main
      id="content"
      data-session-id={session.id}
      data-status={session.status}
      data-job-state={session.jobState}
      data-cancelling={(active && session.cancelRequestedAt !== null) || undefined}
      className="mx-auto max-w-6xl space-y-6 px-4 py-6 pb-16 sm:px-6"
    >
      <div className="space-y-2">
        <Link
          prefetch={false}
          href="/admin/imports"
          className="inline-flex items-center gap-1 text-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4" />
          {t('detail.back')}
        </Link>
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-xl">
          {t('detail.title', { id: String(session.id) })}
          {session.dryRun ? <DryRunBadge /> : null}
        </h1>
        <SessionKinship session={session} />
        <ControlScope control={controlSession}>
          <SessionCommands sessionId={session.id} commands={commandsFor(session, user.role)} />
        </ControlScope>
      </div>
      {active && !workerAlive ? <NoWorkerNotice /> : null}
      {session.waiting?.workerAlive ? (
        <Notice kind="info">
          <div className="first-letter:uppercase">
            <JobNote session={session} now={Date.now()} />
          </div>
        </Notice>
      ) : null}
      <SessionTrouble session={session} mayStart={mayStart} />
      {session.dryRun ? <DryRunNotice session={session} mayStart={mayStart} /> : null}
      <div className="space-y-3">
        <SessionProgress session={session} />
        <SessionFacts session={session} />
      </div>
      <Section id="story" title={t('story.title')}>
        <Timeline session={session} />
      </Section>
      <Section id="report" title={t('detail.report')}>
        <StepReport session={session} />
      </Section>
      <Section
        id="problems"
        title={t('problem.title')}
        aside={session.problems.length > 0 ? <ProblemLinks sessionId={session.id} /> : null}
      >
        <ProblemGroups sessionId={session.id} groups={session.problems} active={active} rowUrl={rowUrl} />
      </Section>
      <Section id="changes" title={t('story.changes')}>
        <ChangedIds steps={session.steps} active={active} rowUrl={rowUrl} />
      </Section>
      <Section id="files" title={t('story.files')}>
        <ExportFiles files={session.files} />
      </Section>
      <Section id="logs" title={t('story.log')}>
        <SessionLog sessionId={session.id} lines={session.log} total={session.logTotal} />
        {session.jobId ? <LogHint jobId={session.jobId} /> : null}
      </Section>
      <StatusAnnouncer sessions={[{ id: session.id, jobState: session.jobState }]} />
      <AutoRefresh
        active={active}
        renderedAt={new Date().toISOString()}
        check={{ url: `/api/imports/check?session=${session.id}`, version }}
        session={session.id}
        waits={session.status === 'STARTED'}
      />
    </main>
  )
}
