import { useTranslations } from 'next-intl'

/** That there were too many tries, and when to come again. */
export function TryAgain({ seconds }: { seconds: number }) {
  const t = useTranslations('login')
  return seconds > 90 ? t('throttledMinutes', { count: Math.ceil(seconds / 60) }) : t('throttled', { count: seconds })
}
