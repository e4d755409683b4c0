import { getTranslations } from 'next-intl/server'
import { BackLink } from '@/components/catalog/back-link'

const REASONS = ['dryRun', 'error', 'mentioned', 'deleted'] as const

/** An id leads nowhere: that is nothing to be alarmed by. */
export default async function CatalogRowNotFound() {
  const t = await getTranslations('catalog')
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{t('notFound')}</h1>
      <p className="text-muted">{t('notFoundText')}</p>
      <ul className="list-disc space-y-1 pl-5 text-muted">
        {REASONS.map((reason) => (
          <li key={reason}>{t(`reason.${reason}`)}</li>
        ))}
      </ul>
      <p className="pt-2">
        <BackLink />
      </p>
    </main>
  )
}
