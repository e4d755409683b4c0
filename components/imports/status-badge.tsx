import {
  Ban,
  CircleCheck,
  CircleDot,
  CirclePlay,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  RotateCw,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { SessionSummary } from '@/lib/imports/session'
import { isActive, type JobState } from '@/lib/imports/status'
import type { SessionStatus } from '@/prisma/client/enums'

interface Look {
  tone: Tone
  icon: LucideIcon
  spinning?: boolean
}

const STATUS_LOOKS: Record<SessionStatus, Look> = {
  STARTED: { tone: 'grey', icon: CircleDot },
  IN_PROGRESS: { tone: 'blue', icon: CirclePlay },
  COMPLETED: { tone: 'green', icon: CircleCheck },
  COMPLETED_WITH_ERRORS: { tone: 'orange', icon: TriangleAlert },
  FAILED: { tone: 'red', icon: CircleX },
  CANCELLED: { tone: 'grey', icon: Ban },
}

const JOB_LOOKS: Record<JobState, Look> = {
  PENDING: { tone: 'grey', icon: Clock },
  STARTED: { tone: 'blue', icon: LoaderCircle, spinning: true },
  RETRY: { tone: 'orange', icon: RotateCw },
  SUCCESS: { tone: 'green', icon: CircleCheck },
  FAILURE: { tone: 'red', icon: CircleX },
  CANCELLED: { tone: 'grey', icon: Ban },
  LOST: { tone: 'grey', icon: Unplug },
}

/** What became of the session (DESIGN.md §2); of one that is being cancelled, that it is. */
export function SessionStatusBadge({ session }: { session: Pick<SessionSummary, 'status' | 'cancelRequestedAt'> }) {
  const t = useTranslations()
  if (isActive(session.status) && session.cancelRequestedAt) {
    return (
      <Badge tone="orange" icon={LoaderCircle} spinning>
        {t('control.cancelling')}
      </Badge>
    )
  }
  return <Badge {...STATUS_LOOKS[session.status]}>{t(`status.${session.status}`)}</Badge>
}

/** What its job is doing (DESIGN.md §2). */
export function JobStateBadge({ state }: { state: JobState }) {
  const t = useTranslations('jobState')
  return <Badge {...JOB_LOOKS[state]}>{t(state)}</Badge>
}
