'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DryRunBadge } from '@/components/imports/dry-run'
import { Duration } from '@/components/imports/duration'
import { JobId } from '@/components/imports/job-id'
import { JobNote } from '@/components/imports/job-note'
import { SessionCommands } from '@/components/imports/session-commands'
import { SessionProgress } from '@/components/imports/session-progress'
import { useStarterName } from '@/components/imports/starter-name'
import { JobStateBadge, SessionStatusBadge } from '@/components/imports/status-badge'
import { useTold } from '@/components/imports/told'
import { DateTime } from '@/components/ui/date-time'
import { commandsFor } from '@/lib/imports/allowed'
import type { SessionSummary } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'
import type { Role } from '@/prisma/client/enums'

/**
 * One session of the list: a row of the table, or on a narrow screen a card. Made in the browser from the session's data:
 * a refresh carries a tenth of what the finished row would weigh. `now`: the server's clock, in milliseconds.
 */
export function SessionRow({ session, role, now }: { session: SessionSummary; role: Role; now: number }) {
  const t = useTranslations()
  const starter = useStarterName()(session)
  const error = useTold()(session.errorMessage, session.errorSentence)
  // What is rare, and final, is on the session's own page.
  const commands = commandsFor(session, role).filter((command) => command !== 'delete')
  return (
    <tr
      data-session-id={session.id}
      data-status={session.status}
      data-job-state={session.jobState}
      data-cancelling={(isActive(session.status) && session.cancelRequestedAt !== null) || undefined}
      data-dry-run={session.dryRun || undefined}
      className="grid grid-cols-3 gap-x-3 gap-y-2.5 border-line border-b px-3 py-3 align-top last:border-b-0 hover:bg-raised/40 lg:table-row"
    >
      <td className={`${CELL} col-span-1 max-lg:order-1 lg:pl-4`}>
        <Link
          href={`/admin/imports/${session.id}`}
          prefetch={false}
          className="font-semibold text-accent tabular-nums underline-offset-2 hover:underline"
        >
          {session.id}
        </Link>
      </td>
      <td className={`${CELL} col-span-2 max-lg:order-2 max-lg:text-right`}>
        <span className="block">{session.types.map((type) => t(`importType.${type}`)).join(', ')}</span>
        <span className="block truncate text-muted text-xs" title={t('history.startedBy', { name: starter })}>
          {starter}
        </span>
        {session.dryRun ? <DryRunBadge /> : null}
      </td>
      <td className={`${CELL} col-span-3 max-lg:order-3`}>
        <span className="inline-flex items-center gap-x-2">
          <NarrowLabel>{t('list.status')}</NarrowLabel>
          <SessionStatusBadge session={session} />
        </span>
        <SessionCommands sessionId={session.id} commands={commands} small />
      </td>
      <td className={`${CELL} col-span-3 max-lg:order-4`}>
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <NarrowLabel>{t('list.job')}</NarrowLabel>
          <JobStateBadge state={session.jobState} />
          <JobId jobId={session.jobId} />
        </span>
        <div className="pt-0.5 text-muted text-xs empty:hidden">
          <JobNote session={session} brief now={now} />
        </div>
      </td>
      <td className={`${CELL} col-span-3 max-lg:order-5`}>
        <SessionProgress session={session} />
        {error && session.status !== 'COMPLETED' ? (
          <p className="mt-1 line-clamp-2 text-red-ink text-xs [overflow-wrap:anywhere]" title={error}>
            {error}
          </p>
        ) : null}
      </td>
      <td className={`${CELL} max-lg:order-6`}>
        <NarrowLabel block>{t('list.startedAt')}</NarrowLabel>
        <StartedAt session={session} />
      </td>
      <td className={`${CELL} max-lg:order-7`}>
        <NarrowLabel block>{t('list.finishedAt')}</NarrowLabel>
        {session.finishedAt ? <DateTime value={session.finishedAt} as="lines" /> : <Nothing />}
      </td>
      <td className={`${CELL} max-lg:order-8 lg:pr-4`}>
        <NarrowLabel block>{t('list.duration')}</NarrowLabel>
        <Duration
          from={session.startedAt}
          to={session.finishedAt}
          runningAt={session.startedAt !== null && session.finishedAt === null ? now : null}
        />
      </td>
    </tr>
  )
}

const CELL = 'max-lg:block max-lg:p-0 lg:px-2.5 lg:py-2.5'

function StartedAt({ session }: { session: SessionSummary }) {
  const t = useTranslations('list')
  if (session.startedAt) return <DateTime value={session.startedAt} as="lines" />
  return (
    <>
      <Nothing />
      <span className="block whitespace-nowrap text-muted text-xs">
        {t.rich('created', { time: () => <DateTime value={session.createdAt} as="time" /> })}
      </span>
    </>
  )
}

const Nothing = () => <span className="text-muted">—</span>

/** The column's name, where the card has no column heads; the table's own head names it for a screen reader. */
function NarrowLabel({ block = false, children }: { block?: boolean; children: ReactNode }) {
  return (
    <span aria-hidden className={`text-muted text-xs lg:hidden ${block ? 'block' : 'w-14'}`}>
      {children}
    </span>
  )
}
