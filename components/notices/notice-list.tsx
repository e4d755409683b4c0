import clsx from 'clsx'
import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DryRunBadge } from '@/components/imports/dry-run'
import { SessionStatusBadge } from '@/components/imports/status-badge'
import { NoticeLink } from '@/components/notices/notice-link'
import { buttonClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import type { Notice } from '@/lib/notifications/notification'
import type { ImportType } from '@/prisma/client/enums'

interface NoticeListProps {
  notices: Notice[]
  markRead: (form: FormData) => Promise<void>
}

/** What somebody was told, newest first; what is not read stands out. */
export function NoticeList({ notices, markRead }: NoticeListProps) {
  const t = useTranslations()
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {notices.map(({ id, sessionId, status, types, dryRun, at, isRead }) => (
        <li
          key={id}
          data-notice={sessionId}
          data-read={isRead}
          className={clsx(
            'flex items-start gap-3 border-l-3 px-3.5 py-2.5',
            isRead ? 'border-l-transparent' : 'border-l-accent',
          )}
        >
          <div className="min-w-0 flex-1 space-y-1">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <SessionStatusBadge session={{ status, cancelRequestedAt: null }} />
              <NoticeLink
                id={id}
                href={`/admin/imports/${sessionId}`}
                markRead={markRead}
                className={clsx('text-accent underline-offset-2 hover:underline', isRead || 'font-medium')}
              >
                {t('notices.sessionOf', {
                  id: String(sessionId),
                  types: types.map((type) => t(`importType.${type as ImportType}`)).join(', '),
                })}
              </NoticeLink>
              {dryRun ? <DryRunBadge /> : null}
              {isRead ? null : <span className="sr-only">{t('notices.unread')}</span>}
            </p>
            <p className="text-muted text-xs">
              <DateTime value={at} />
            </p>
          </div>
          {isRead ? null : (
            <form action={markRead}>
              <input type="hidden" name="id" value={id} />
              <button
                type="submit"
                aria-label={t('notices.readOne', {
                  title: t(`notices.settled.${status as 'FAILED'}`),
                  id: String(sessionId),
                })}
                title={t('notices.read')}
                className={buttonClass('quiet', '!px-2')}
              >
                <Check aria-hidden className="size-4" />
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}
