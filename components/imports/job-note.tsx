import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/ui/date-time'
import type { SessionSummary } from '@/lib/imports/session'

/** What the job's state alone does not tell: which attempt, when the next is due, what LOST means. */
export function JobNote({ session, brief = false }: { session: SessionSummary; brief?: boolean }) {
  const t = useTranslations('job')
  if (session.jobState === 'LOST') return brief ? <p title={t('lost')}>{t('lostBrief')}</p> : <p>{t('lost')}</p>
  if (session.jobState === 'RETRY') {
    return (
      <p>
        <AttemptCount session={session} />, <NextAttempt retryAt={session.retryAt} />
      </p>
    )
  }
  return session.attempt > 1 ? (
    <p>
      <AttemptCount session={session} />
    </p>
  ) : null
}

/** «попытка 2 из 4». */
export function AttemptCount({ session }: { session: Pick<SessionSummary, 'attempt' | 'maxAttempts'> }) {
  const t = useTranslations('job')
  if (session.attempt === 0) return t('notYet')
  const { attempt, maxAttempts: max } = session
  return max === null ? t('attemptOnly', { attempt }) : t('attempt', { attempt, max })
}

function NextAttempt({ retryAt }: { retryAt: Date | null }) {
  const t = useTranslations('job')
  if (!retryAt || retryAt.getTime() <= Date.now()) return t('nextNow')
  return t.rich('nextAt', { time: () => <DateTime value={retryAt} as="time" /> })
}
