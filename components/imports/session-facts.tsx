import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DryRunBadge } from '@/components/imports/dry-run'
import { Duration } from '@/components/imports/duration'
import { JobId } from '@/components/imports/job-id'
import { AttemptCount } from '@/components/imports/job-note'
import { useStarterName } from '@/components/imports/starter-name'
import { JobStateBadge, SessionStatusBadge } from '@/components/imports/status-badge'
import { DateTime } from '@/components/ui/date-time'
import type { SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

/** What there is to know about a session, by name and value. */
export function SessionFacts({ session }: { session: SessionDetails }) {
  const t = useTranslations()
  const moment = (value: Date | null) => (value ? <DateTime value={value} /> : '—')
  const facts: [string, ReactNode][] = [
    [t('detail.id'), session.id],
    [t('detail.types'), session.types.map((type) => t(`importType.${type}`)).join(', ')],
    [t('detail.status'), <SessionStatusBadge key="status" session={session} />],
    [t('detail.jobState'), <JobStateBadge key="job" state={session.jobState} />],
    [t('detail.jobId'), <JobId key="id" jobId={session.jobId} />],
    [t('detail.attempt'), <AttemptCount key="attempt" session={session} />],
    [t('detail.startedBy'), <StartedBy key="by" session={session} />],
    [t('detail.options'), <Options key="options" session={session} />],
    [t('detail.created'), moment(session.createdAt)],
    [t('detail.startedAt'), moment(session.startedAt)],
    [t('detail.finishedAt'), moment(session.finishedAt)],
    [
      t('detail.duration'),
      <Duration
        key="duration"
        from={session.startedAt}
        to={session.finishedAt}
        runningAt={session.startedAt !== null && isActive(session.status) ? Date.now() : null}
      />,
    ],
    [
      t('detail.source'),
      <span key="source" className="font-mono text-xs [overflow-wrap:anywhere]">
        {session.source}
      </span>,
    ],
  ]
  return (
    <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line grid-cols-2 lg:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-h-14 space-y-0.5 bg-surface px-3.5 py-2 last:col-span-full">
          <dt className="text-muted text-xs">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function StartedBy({ session: { startedBy, schedule } }: { session: SessionDetails }) {
  const t = useTranslations('detail')
  const starterName = useStarterName()
  if (!schedule) return starterName({ startedBy, schedule })
  if (schedule.isDeleted) return t('deletedSchedule', { name: schedule.name })
  return t.rich('schedule', {
    name: schedule.name,
    schedule: (text) => (
      <Link
        prefetch={false}
        href={`/admin/schedules/${schedule.id}`}
        className="text-accent underline-offset-2 hover:underline"
      >
        {text}
      </Link>
    ),
  })
}

/** What the session was started with beside its types. */
function Options({ session: { dryRun, allowMassDeactivation } }: { session: SessionDetails }) {
  const t = useTranslations('detail')
  if (!dryRun && !allowMassDeactivation) return t('usual')
  return (
    <span className="flex flex-col items-start gap-1">
      {dryRun ? <DryRunBadge /> : null}
      {allowMassDeactivation ? t('massDeactivation') : null}
    </span>
  )
}
