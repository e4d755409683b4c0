import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { forbidden } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { addUser } from '@/app/admin/users/actions'
import { AddUserForm } from '@/components/users/add-user-form'
import { PASSWORD_LENGTH } from '@/lib/password'
import { requirePermission } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('users'))('add') }
}

export default async function NewUserPage() {
  if (!(await requirePermission('users.manage', '/admin/users/new'))) forbidden()
  const t = await getTranslations('users')
  return (
    <main id="content" className="mx-auto max-w-xl space-y-6 px-4 py-6 sm:px-6">
      <div className="space-y-1">
        <Link href="/admin/users" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {t('title')}
        </Link>
        <h1 className="font-semibold text-xl">{t('addTitle')}</h1>
      </div>
      <AddUserForm shortest={PASSWORD_LENGTH.min} action={addUser} />
    </main>
  )
}
