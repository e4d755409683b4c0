import { useTranslations } from 'next-intl'
import type { SessionSummary } from '@/lib/imports/session'

interface Started extends Pick<SessionSummary, 'startedBy'> {
  schedule: { name: string } | null
}

/** Who or what started a session, in the words of `starter`. */
export const starterName = (
  t: ReturnType<typeof useTranslations<'starter'>>,
  { startedBy, schedule }: Started,
): string => startedBy ?? (schedule ? t('schedule', { name: schedule.name }) : t('commandLine'))

export function useStarterName(): (session: Started) => string {
  const t = useTranslations('starter')
  return (session) => starterName(t, session)
}
