import { X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { SessionSummary } from '@/lib/imports/session'

interface StartedNoticeProps {
  session: Pick<SessionSummary, 'id' | 'jobId' | 'dryRun'>
  /** The same list without the notice. */
  dismissUrl: string
}

/** That an import was started, with the numbers to find it by. */
export function StartedNotice({ session, dismissUrl }: StartedNoticeProps) {
  const t = useTranslations('notice')
  const id = String(session.id)
  const link = (text: ReactNode) => (
    <Link prefetch={false} href={`/admin/imports/${id}`} className="font-medium text-accent underline">
      {text}
    </Link>
  )
  return (
    <Notice kind="good" role="status" aside={<Dismiss url={dismissUrl} />}>
      {session.jobId
        ? t.rich(session.dryRun ? 'startedDryRun' : 'started', { id, jobId: session.jobId, session: link })
        : t.rich('startedNoJob', { id, session: link })}
    </Notice>
  )
}

/** That a session was deleted. */
export function DeletedNotice({ sessionId, dismissUrl }: { sessionId: number; dismissUrl: string }) {
  const t = useTranslations('control')
  return (
    <Notice kind="good" role="status" aside={<Dismiss url={dismissUrl} />}>
      {t('deleted', { id: String(sessionId) })}
    </Notice>
  )
}

function Dismiss({ url }: { url: string }) {
  const t = useTranslations('notice')
  return (
    <Link
      prefetch={false}
      href={url}
      replace
      scroll={false}
      aria-label={t('dismiss')}
      title={t('dismiss')}
      className={buttonClass('quiet', '-my-1.5 !px-1.5')}
    >
      <X aria-hidden className="size-4" />
    </Link>
  )
}
