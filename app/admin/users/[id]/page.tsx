import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { forbidden, notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { changeRole, resetPassword, setAccess, unblockUser } from '@/app/admin/users/actions'
import { userId } from '@/app/admin/users/user-forms'
import { AuditTable } from '@/components/audit/audit-table'
import { Section } from '@/components/imports/section'
import { fieldClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import { AccessBadge } from '@/components/users/access-badge'
import { Field } from '@/components/users/field'
import { RoleSelect } from '@/components/users/role-select'
import { UserForm } from '@/components/users/user-form'
import { latestAbout } from '@/lib/audit/queries'
import { PASSWORD_LENGTH } from '@/lib/password'
import { requirePermission } from '@/lib/session'
import { getUser } from '@/lib/users/queries'

interface UserPageProps {
  params: Promise<{ id: string }>
}

const LATEST = 10

/** The user an address names, and the administrator who asks; read once for the title and the page. */
const userAt = cache(async (id: string) => {
  const admin = (await requirePermission('users.manage', `/admin/users/${id}`)) ?? forbidden()
  const number = userId.safeParse(id)
  return { admin, user: number.success ? await getUser(number.data) : null }
})

export async function generateMetadata({ params }: UserPageProps): Promise<Metadata> {
  const [t, { user }] = await Promise.all([getTranslations(), userAt((await params).id)])
  return { title: t(user ? 'users.one' : 'notFound.title') }
}

export default async function UserPage({ params }: UserPageProps) {
  const { admin, user } = await userAt((await params).id)
  if (!user) notFound()
  const [t, latest] = await Promise.all([getTranslations(), latestAbout(user.id, LATEST)])
  const form = { userId: user.id, shortest: PASSWORD_LENGTH.min }
  return (
    <main id="content" data-user-id={user.id} className="mx-auto max-w-4xl space-y-6 px-4 py-6 pb-16 sm:px-6">
      <div className="space-y-1">
        <Link href="/admin/users" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {t('users.title')}
        </Link>
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{user.name ?? user.email}</h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          {user.name ? <span>{user.email}</span> : null}
          <span>{t(`role.${user.role}`)}</span>
          <AccessBadge isActive={user.isActive} blockedUntil={user.blockedUntil} />
          <span>
            {user.lastSignInAt
              ? t.rich('users.lastSignInAt', { time: () => <DateTime value={user.lastSignInAt ?? new Date()} /> })
              : t('users.never')}
          </span>
        </p>
      </div>
      {user.id === admin.id ? (
        <Notice kind="info">
          {t.rich('users.own', {
            link: (text) => (
              <Link href="/admin/profile" className="underline underline-offset-2">
                {text}
              </Link>
            ),
          })}
        </Notice>
      ) : (
        <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
          <Section id="role" title={t('users.role')}>
            <UserForm {...form} action={changeRole} submit={t('users.changeRole')}>
              <RoleSelect chosen={user.role} />
            </UserForm>
          </Section>
          <Section id="access" title={t('users.accessTitle')}>
            <p className="text-muted">{t(user.isActive ? 'users.closeHint' : 'users.openHint')}</p>
            <UserForm {...form} action={setAccess} submit={t(user.isActive ? 'users.close' : 'users.openAccess')}>
              <input type="hidden" name="access" value={user.isActive ? 'close' : 'open'} />
            </UserForm>
          </Section>
          <Section id="password" title={t('users.resetTitle')}>
            <UserForm {...form} action={resetPassword} submit={t('users.reset')}>
              <Field
                label={t('users.newPassword')}
                hint={t('users.resetHint', { shortest: form.shortest })}
                hintId="reset-hint"
              >
                <input
                  name="password"
                  type="password"
                  autoComplete="new-password"
                  minLength={form.shortest}
                  aria-describedby="reset-hint"
                  className={`${fieldClass} w-full`}
                />
              </Field>
            </UserForm>
          </Section>
          {user.blockedUntil ? (
            <Section id="blocked" title={t('users.blockedTitle')}>
              <p className="text-muted">{t('users.blockedHint')}</p>
              <UserForm {...form} action={unblockUser} submit={t('users.unblock')} />
            </Section>
          ) : null}
        </div>
      )}
      <Section
        id="latest"
        title={t('users.latest')}
        aside={
          <Link href={`/admin/audit?who=${user.id}`} className="text-accent underline-offset-2 hover:underline">
            {t('users.did')}
          </Link>
        }
      >
        <AuditTable entries={latest} sameSubject />
      </Section>
    </main>
  )
}
