import { useTranslations } from 'next-intl'
import type { Fact } from '@/components/catalog/facts'
import { DateTime } from '@/components/ui/date-time'

/** When a row was imported first, and when it really changed last. */
export function useTimes(): (row: { createdAt: Date; updatedAt: Date }) => Fact[] {
  const t = useTranslations('catalog.fact')
  return ({ createdAt, updatedAt }) => [
    [t('created'), <DateTime key="created" value={createdAt} />],
    [t('updated'), <DateTime key="updated" value={updatedAt} />],
  ]
}
