import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LocaleSwitch } from '@/components/ui/locale-switch'
import { SignOutButton } from '@/components/ui/sign-out-button'
import { requireUser } from '@/lib/session'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  // Each page asks again by itself: a layout is not rendered anew at every navigation.
  const user = await requireUser('/admin/imports')
  const t = await getTranslations()
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded focus:bg-surface focus:px-3 focus:py-1.5"
      >
        {t('app.skip')}
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex h-12 max-w-[90rem] items-center gap-4 px-4 sm:px-6">
          <nav aria-label={t('app.sections')} className="flex min-w-0 flex-1 items-center gap-5">
            <Link href="/admin/imports" className="flex items-center gap-2 font-semibold">
              <span className="grid size-6 place-items-center rounded-md bg-accent text-on-accent">
                <ArrowLeftRight aria-hidden className="size-4" />
              </span>
              {t('app.name')}
            </Link>
            <Link href="/admin/imports" className="truncate text-muted hover:text-ink max-sm:hidden">
              {t('list.title')}
            </Link>
          </nav>
          <LocaleSwitch />
          <p className="max-w-56 truncate text-right text-xs leading-tight max-md:hidden" title={user.email}>
            {user.name ?? user.email}
            <span className="block text-muted">{t(`role.${user.role}`)}</span>
          </p>
          <SignOutButton />
        </div>
      </header>
      {children}
    </>
  )
}
