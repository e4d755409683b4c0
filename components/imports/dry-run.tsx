import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { startUrl } from '@/components/imports/start-url'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

/** That a session writes nothing. */
export function DryRunBadge() {
  const t = useTranslations('dryRun')
  return (
    <Badge tone="violet" icon={FlaskConical}>
      {t('badge')}
    </Badge>
  )
}

/** What a dry run means for what is shown, and the way to the real import. */
export function DryRunNotice({ session, mayStart }: { session: SessionDetails; mayStart: boolean }) {
  const t = useTranslations('dryRun')
  const outcome = isActive(session.status) ? 'active' : session.jobState === 'SUCCESS' ? 'done' : 'stopped'
  return (
    <Notice kind="trial">
      <p>
        <span className="font-semibold">{t('badge')}.</span> {t(outcome)}
      </p>
      {outcome === 'done' && mayStart ? (
        <p className="pt-1.5">
          <Link prefetch={false} href={startUrl(session)} className={buttonClass()}>
            {t('forReal')}
          </Link>
        </p>
      ) : null}
    </Notice>
  )
}
