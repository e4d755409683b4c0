import cronstrue from 'cronstrue/i18n'
import type { useTranslations } from 'next-intl'
import type { AppLocale } from '@/lib/i18n/locales'
import { rhythmOf } from '@/lib/schedules/presets'

/** What an expression means, in words: «каждый день в 03:00». For the server: it speaks all languages of cronstrue. */
export function describeCron(
  cron: string,
  locale: AppLocale,
  t: ReturnType<typeof useTranslations<'schedules.rhythm'>>,
): string {
  const { preset, time, weekday } = rhythmOf(cron)
  if (preset !== 'custom') return t(preset, { time, weekday: String(weekday) })
  const text = cronstrue.toString(cron, { locale, use24HourTimeFormat: true, verbose: false })
  return text.charAt(0).toLocaleLowerCase(locale) + text.slice(1)
}
