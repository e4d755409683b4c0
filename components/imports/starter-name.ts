import { useTranslations } from 'next-intl'
import type { SessionSummary } from '@/lib/imports/session'

/** Who or what started a session, in words. */
export function useStarterName(): (session: Pick<SessionSummary, 'startedBy' | 'schedule'>) => string {
  const t = useTranslations('starter')
  return ({ startedBy, schedule }) =>
    startedBy ?? (schedule ? t('schedule', { name: schedule.name }) : t('commandLine'))
}
