import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/components/ui/button'

/** What somebody sees who may not see the page. */
export default async function Forbidden() {
  const t = await getTranslations('forbidden')
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <p className="text-muted">{t('text')}</p>
      <p className="pt-2">
        <Link href="/admin/imports" className={buttonClass()}>
          {t('back')}
        </Link>
      </p>
    </main>
  )
}
