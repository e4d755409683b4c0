import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { JobNote } from '@/components/imports/job-note'
import { startUrl } from '@/components/imports/start-url'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { SessionDetails } from '@/lib/imports/session'

/** Why a session failed, is being retried or is out of reach; the message in full, and what to do. */
export function SessionTrouble({ session, mayStart }: { session: SessionDetails; mayStart: boolean }) {
  const t = useTranslations('detail')
  const { status, jobState, errorMessage, stepsDone, dryRun } = session
  if (jobState === 'LOST') {
    return (
      <Notice kind="warning">
        <JobNote session={session} />
      </Notice>
    )
  }
  if (jobState === 'RETRY') {
    return (
      <Notice kind="warning">
        <div className="first-letter:uppercase">
          <JobNote session={session} />
        </div>
        {errorMessage ? (
          <>
            <h2 className="font-semibold">{t('retryError')}</h2>
            <ErrorText>{errorMessage}</ErrorText>
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
        {errorMessage ? <ErrorText>{errorMessage}</ErrorText> : null}
        <p>{dryRun ? t('errorDryRun') : stepsDone > 0 ? t('errorPartly', { done: stepsDone }) : t('errorUnchanged')}</p>
        {mayStart ? (
          <p className="pt-1.5">
            <Link href={startUrl(session)} className={buttonClass()}>
              {t('again')}
            </Link>
          </p>
        ) : null}
      </Notice>
    )
  }
  // A session that ended otherwise may still have something to say, such as why it counts as «с замечаниями».
  return errorMessage ? (
    <Notice kind="warning">
      <ErrorText>{errorMessage}</ErrorText>
    </Notice>
  ) : null
}

const ErrorText = ({ children }: { children: string }) => (
  <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{children}</p>
)
