import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LocaleSwitch } from '@/components/ui/locale-switch'
import { LoginForm } from '@/components/ui/login-form'
import { localPath } from '@/lib/local-path'
import { currentUser } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('login')
  return { title: t('title') }
}

interface LoginPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const target = localPath((await searchParams).callbackUrl)
  if (await currentUser()) redirect(target)
  const t = await getTranslations()
  return (
    <main className="mx-auto flex min-h-dvh max-w-xs flex-col justify-center gap-5 px-4 py-10">
      <div className="flex items-baseline justify-between">
        <h1 className="font-semibold text-xl">{t('login.title')}</h1>
        <span className="text-muted">{t('app.name')}</span>
      </div>
      <LoginForm target={target} />
      <div className="flex justify-center">
        <LocaleSwitch />
      </div>
    </main>
  )
}
