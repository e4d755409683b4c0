import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { JobNote } from '@/components/imports/job-note'
import { startUrl } from '@/components/imports/start-url'
import { useTold } from '@/components/imports/told'
import { buttonClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import type { SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

/** Why a session failed, is being retried or is out of reach; the message in full, and what to do. */
export function SessionTrouble({ session, mayStart }: { session: SessionDetails; mayStart: boolean }) {
  const t = useTranslations('detail')
  const told = useTold()
  if (session.cancelRequestedAt) return <CancelNotice session={session} />
  const { status, jobState, stepsDone, dryRun } = session
  const error = told(session.errorMessage, session.errorSentence)
  if (jobState === 'LOST') {
    return (
      <Notice kind="warning">
        <JobNote session={session} now={Date.now()} />
      </Notice>
    )
  }
  if (jobState === 'RETRY') {
    return (
      <Notice kind="warning">
        <div className="first-letter:uppercase">
          <JobNote session={session} now={Date.now()} />
        </div>
        {error ? (
          <>
            <h2 className="font-semibold">{t('retryError')}</h2>
            <ErrorText>{error}</ErrorText>
          </>
        ) : null}
        <p>{t('retryHint')}</p>
      </Notice>
    )
  }
  if (status === 'FAILED') {
    return (
      <Notice kind="bad">
        <h2 className="font-semibold">{t('error')}</h2>
        {error ? <ErrorText>{error}</ErrorText> : null}
        <p>{dryRun ? t('errorDryRun') : stepsDone > 0 ? t('errorPartly', { done: stepsDone }) : t('errorUnchanged')}</p>
        {mayStart ? (
          <p className="pt-1.5">
            <Link prefetch={false} href={startUrl(session)} className={buttonClass()}>
              {t('again')}
            </Link>
          </p>
        ) : null}
      </Notice>
    )
  }
  // A session that ended otherwise may still have something to say, such as why it counts as «с замечаниями».
  return error ? (
    <Notice kind="warning">
      <ErrorText>{error}</ErrorText>
    </Notice>
  ) : null
}

/** Who cancels or has cancelled it, and what that means for the catalogue. */
function CancelNotice({ session }: { session: SessionDetails }) {
  const t = useTranslations('control')
  const error = useTold()(session.errorMessage, session.errorSentence)
  const { cancelRequestedAt, cancelledBy, stepsDone, dryRun } = session
  if (!cancelRequestedAt) return null
  const who = cancelledBy ?? t('somebody')
  return (
    <Notice kind={isActive(session.status) ? 'warning' : 'info'}>
      <p className="font-medium">
        {t.rich(isActive(session.status) ? 'cancellingBy' : 'cancelledBy', {
          who,
          time: () => <DateTime value={cancelRequestedAt} />,
        })}
      </p>
      <p>{dryRun ? t('keptNothing') : t('kept', { done: stepsDone })}</p>
      {error ? <ErrorText>{error}</ErrorText> : null}
    </Notice>
  )
}

const ErrorText = ({ children }: { children: string }) => (
  <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{children}</p>
)
