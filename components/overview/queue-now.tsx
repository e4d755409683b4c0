import { useTranslations } from 'next-intl'
import { SessionProgress } from '@/components/imports/session-progress'
import { JobStateBadge } from '@/components/imports/status-badge'
import { SessionLink } from '@/components/overview/freshness-table'
import type { SessionSummary } from '@/lib/imports/session'

/** What runs and what waits, in the order it was started. */
export function QueueNow({ sessions, more }: { sessions: readonly SessionSummary[]; more: boolean }) {
  const t = useTranslations()
  if (sessions.length === 0) {
    return (
      <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted">
        {t('overview.queueEmpty')}
      </p>
    )
  }
  return (
    <div className="space-y-2">
      <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
        {sessions.map((session) => (
          <li
            key={session.id}
            data-session-id={session.id}
            data-status={session.status}
            data-job-state={session.jobState}
            className="grid items-center gap-x-4 gap-y-1.5 px-3.5 py-2.5 sm:grid-cols-[1fr_auto_12rem]"
          >
            <span>
              <SessionLink id={session.id}>{t('overview.session', { id: String(session.id) })}</SessionLink>{' '}
              {session.types.map((type) => t(`importType.${type}`)).join(', ')}
            </span>
            <span>
              <JobStateBadge state={session.jobState} />
            </span>
            <SessionProgress session={session} />
          </li>
        ))}
      </ol>
      {more ? <p className="text-muted text-xs">{t('overview.queueMore')}</p> : null}
    </div>
  )
}
