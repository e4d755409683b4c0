import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/components/ui/button'

export default async function SessionNotFound() {
  const t = await getTranslations('notFound')
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{t('session')}</h1>
      <p className="text-muted">{t('sessionText')}</p>
      <p className="pt-2">
        <Link href="/admin/imports" className={buttonClass()}>
          {t('back')}
        </Link>
      </p>
    </main>
  )
}
