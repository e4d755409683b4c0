import { useTranslations } from 'next-intl'
import { MISSED_AFTER_MINUTES } from '@/lib/schedules/schedule'

/** What becomes of a run that cannot be made in time. */
export function SchedulePolicy() {
  const t = useTranslations('schedules')
  return <p className="max-w-3xl text-balance text-muted text-xs">{t('policy', { minutes: MISSED_AFTER_MINUTES })}</p>
}
