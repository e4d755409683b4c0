import { ArrowLeftRight, UserRound } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { SECTIONS } from '@/app/admin/sections'
import { NoticeBell } from '@/components/notices/bell'
import { BellNews } from '@/components/notices/bell-news'
import { LocaleSwitch } from '@/components/ui/locale-switch'
import { SectionNav } from '@/components/ui/section-nav'
import { SignOutButton } from '@/components/ui/sign-out-button'
import { unreadCount } from '@/lib/notifications/queries'
import { may } from '@/lib/permissions'
import { requireViewer } from '@/lib/session'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  // Each page asks again by itself: a layout is not rendered anew at every navigation.
  const user = await requireViewer('/admin/imports')
  const [t, unread] = await Promise.all([getTranslations(), unreadCount(user.id)])
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded focus:bg-surface focus:px-3 focus:py-1.5"
      >
        {t('app.skip')}
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-5 px-4 sm:px-6">
          <Link prefetch={false} href="/admin/imports" className="flex min-h-12 items-center gap-2 font-semibold">
            <span className="grid size-6 place-items-center rounded-md bg-accent text-on-accent">
              <ArrowLeftRight aria-hidden className="size-4" />
            </span>
            {t('app.name')}
          </Link>
          <div className="flex min-w-0 flex-1 self-stretch max-md:order-last max-md:basis-full">
            <SectionNav
              label={t('app.sections')}
              sections={SECTIONS.filter(({ permission }) => may(user.role, permission)).map(({ href, title }) => ({
                href,
                title: t(`sections.${title}`),
              }))}
            />
          </div>
          <div className="flex min-h-12 items-center gap-4 max-md:ml-auto">
            <LocaleSwitch />
            <Link
              href="/admin/profile"
              prefetch={false}
              title={t('profile.title')}
              className="flex min-h-8 max-w-56 items-center gap-1 text-xs leading-tight hover:text-accent"
            >
              <UserRound aria-hidden className="size-4 shrink-0 text-muted md:hidden" />
              <span className="sr-only md:not-sr-only md:truncate md:text-right">
                {user.name ?? user.email}
                <span className="block text-muted">{t(`role.${user.role}`)}</span>
              </span>
            </Link>
            <NoticeBell unread={unread} />
            <BellNews />
            <SignOutButton />
          </div>
        </div>
      </header>
      {children}
    </>
  )
}
