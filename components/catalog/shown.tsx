import { useTranslations } from 'next-intl'
import type { Count } from '@/lib/catalog/row'

/** A count in words, as exact as it is. */
export function useCountText(): (count: Count) => string {
  const t = useTranslations('catalog.count')
  return ({ is, value }) => t(is, { value })
}

/** That a list shows its beginning only; nothing where it shows all. */
export function Shown({ shown, more }: { shown: number; more: boolean }) {
  const t = useTranslations('catalog')
  return more ? <p className="text-muted text-xs">{t('shown', { count: shown })}</p> : null
}
