import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { changeOwnPassword } from '@/app/admin/profile/actions'
import { Section } from '@/components/imports/section'
import { OwnPasswordForm } from '@/components/users/own-password-form'
import { PASSWORD_LENGTH } from '@/lib/password'
import { requireUser } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('profile'))('title') }
}

export default async function ProfilePage() {
  const user = await requireUser('/admin/profile')
  const t = await getTranslations()
  return (
    <main id="content" className="mx-auto max-w-4xl space-y-6 px-4 py-6 pb-16 sm:px-6">
      <div className="space-y-1">
        <h1 className="font-semibold text-xl">{t('profile.title')}</h1>
        <p className="text-muted [overflow-wrap:anywhere]">
          {user.name ? `${user.name} · ` : ''}
          {user.email} · {t(`role.${user.role}`)}
        </p>
      </div>
      <Section id="password" title={t('profile.passwordTitle')}>
        <p className="text-muted">{t('profile.about')}</p>
        <OwnPasswordForm email={user.email} shortest={PASSWORD_LENGTH.min} action={changeOwnPassword} />
      </Section>
    </main>
  )
}
