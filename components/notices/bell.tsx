import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'

/** The way to the notices, with how many are not read. */
export function NoticeBell({ unread }: { unread: number }) {
  const t = useTranslations('notices')
  return (
    <Link
      prefetch={false}
      href="/admin/notifications"
      aria-label={unread > 0 ? t('bellUnread', { count: unread }) : t('bell')}
      title={unread > 0 ? t('bellUnread', { count: unread }) : t('bell')}
      className={buttonClass('quiet', 'relative !px-2')}
    >
      <Bell aria-hidden className="size-4" />
      {unread > 0 ? (
        <span
          aria-hidden
          data-unread={unread}
          className="absolute -top-0.5 -right-1 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-medium text-[0.625rem] text-on-accent tabular-nums leading-none"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </Link>
  )
}
