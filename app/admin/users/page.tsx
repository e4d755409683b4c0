import { UserPlus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { forbidden } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { unblockAddress } from '@/app/admin/users/actions'
import { buttonClass } from '@/components/ui/button'
import { BlockedAddresses } from '@/components/users/blocked-addresses'
import { UserTable } from '@/components/users/user-table'
import { requirePermission } from '@/lib/session'
import { listUsers } from '@/lib/users/queries'
import { blockedAddresses } from '@/lib/users/throttle'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('users'))('title') }
}

export default async function UsersPage() {
  const admin = (await requirePermission('users.manage', '/admin/users')) ?? forbidden()
  const [t, users, blocked] = await Promise.all([getTranslations('users'), listUsers(), blockedAddresses()])
  return (
    <main id="content" className="mx-auto max-w-6xl space-y-4 px-4 py-6 pb-16 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl">{t('title')}</h1>
        <Link href="/admin/users/new" className={buttonClass('primary')}>
          <UserPlus aria-hidden className="size-4" />
          {t('add')}
        </Link>
      </div>
      <BlockedAddresses addresses={blocked} unblock={unblockAddress} />
      <UserTable users={users} ownId={admin.id} />
    </main>
  )
}
