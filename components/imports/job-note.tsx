import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Countdown } from '@/components/imports/countdown'
import { DateTime } from '@/components/ui/date-time'
import type { SessionSummary, Waiting } from '@/lib/imports/session'

interface JobNoteProps {
  session: SessionSummary
  brief?: boolean
  /** The server's clock when the page was made: what is rendered in the browser too must not ask the browser's. */
  now: number
}

/** What the job's state alone does not tell: what it waits for, which attempt, when the next is due, what LOST means. */
export function JobNote({ session, brief = false, now }: JobNoteProps) {
  const t = useTranslations('job')
  if (session.jobState === 'LOST') return brief ? <p title={t('lost')}>{t('lostBrief')}</p> : <p>{t('lost')}</p>
  if (session.jobState === 'PENDING' && session.waiting) return <QueueNote waiting={session.waiting} />
  if (session.jobState === 'RETRY') {
    return (
      <p>
        <AttemptCount session={session} />, <NextAttempt retryAt={session.retryAt} now={now} />
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

/** Its place in the queue and whom it waits for, or that nobody works. */
function QueueNote({ waiting: { place, before, workerAlive } }: { waiting: Waiting }) {
  const t = useTranslations('waiting')
  if (!workerAlive) return <p className="text-orange-ink">{t('noWorker')}</p>
  if (before === null) return <p>{t('next')}</p>
  return (
    <p>
      {t.rich('queued', {
        place,
        before: String(before),
        session: (text) => (
          <Link href={`/admin/imports/${before}`} prefetch={false} className="text-accent underline">
            {text}
          </Link>
        ),
      })}
    </p>
  )
}

function NextAttempt({ retryAt, now }: { retryAt: Date | null; now: number }) {
  const t = useTranslations('job')
  if (!retryAt || retryAt.getTime() <= now) return t('nextNow')
  return (
    <>
      <Countdown to={retryAt.toISOString()} now={new Date(now).toISOString()} /> (<DateTime value={retryAt} as="time" />
      )
    </>
  )
}
