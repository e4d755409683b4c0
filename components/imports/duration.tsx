import { useTranslations } from 'next-intl'
import { splitDuration } from '@/components/imports/split-duration'

/** How long it took; while it still runs, that it does. */
export function Duration({ from, to, running }: { from: Date | null; to: Date | null; running: boolean }) {
  const t = useTranslations('duration')
  if (running) return <span className="whitespace-nowrap text-blue-ink">{t('running')}</span>
  if (!from || !to) return <span className="text-muted">{t('none')}</span>
  const { unit, ...parts } = splitDuration(to.getTime() - from.getTime())
  return <span className="whitespace-nowrap tabular-nums">{t(unit, parts)}</span>
}
