import { CalendarX2, CirclePlay, CircleX, SkipForward } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SessionStatusBadge } from '@/components/imports/status-badge'
import { Badge } from '@/components/ui/badge'
import type { ScheduleRun } from '@/lib/schedules/schedule'

const LOOKS = {
  started: { tone: 'grey', icon: CirclePlay },
  skipped: { tone: 'orange', icon: SkipForward },
  missed: { tone: 'orange', icon: CalendarX2 },
  refused: { tone: 'red', icon: CircleX },
} as const

const REASONS = ['no_types', 'export_missing', 'files_missing', 'catalogue_empty'] as const

/** What became of a run: of one that was started, what became of its session. */
export function RunOutcome({ run: { outcome, session, reason } }: { run: ScheduleRun }) {
  const t = useTranslations('schedules')
  const known = REASONS.find((candidate) => candidate === reason)
  return (
    <span data-outcome={outcome} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {outcome === 'started' && session ? (
        <SessionStatusBadge session={session} />
      ) : (
        <Badge {...LOOKS[outcome]}>{t(`outcome.${outcome}`)}</Badge>
      )}
      {session ? (
        <Link
          href={`/admin/imports/${session.id}`}
          prefetch={false}
          className="whitespace-nowrap text-accent underline-offset-2 hover:underline"
        >
          {t('session', { id: String(session.id) })}
        </Link>
      ) : null}
      {outcome === 'refused' ? (
        <span className="basis-full text-muted text-xs">{t(`reason.${known ?? 'other'}`)}</span>
      ) : null}
    </span>
  )
}
