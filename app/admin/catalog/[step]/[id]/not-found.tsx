import { getTranslations } from 'next-intl/server'
import { BackLink } from '@/components/catalog/back-link'
import { MessagePage } from '@/components/ui/message-page'

const REASONS = ['dryRun', 'error', 'mentioned', 'deleted'] as const

/** An id leads nowhere: that is nothing to be alarmed by. */
export default async function CatalogRowNotFound() {
  const t = await getTranslations('catalog')
  return (
    <MessagePage title={t('notFound')} way={<BackLink />}>
      <p>{t('notFoundText')}</p>
      <ul className="list-disc space-y-1 pl-5">
        {REASONS.map((reason) => (
          <li key={reason}>{t(`reason.${reason}`)}</li>
        ))}
      </ul>
    </MessagePage>
  )
}
