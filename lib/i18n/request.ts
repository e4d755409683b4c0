import { cookies } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import {
  type AppLocale,
  DEFAULT_LOCALE,
  DEFAULT_TIME_ZONE,
  isLocale,
  isTimeZone,
  LOCALE_COOKIE,
  TIME_ZONE_COOKIE,
} from '@/lib/i18n/locales'
import type en from '@/messages/en.json'
import type ru from '@/messages/ru.json'

declare module 'next-intl' {
  interface AppConfig {
    Locale: AppLocale
    Messages: typeof ru
  }
}

const MESSAGES: Record<AppLocale, () => Promise<{ default: typeof ru & typeof en }>> = {
  ru: () => import('@/messages/ru.json') as Promise<{ default: typeof ru }>,
  en: () => import('@/messages/en.json') as Promise<{ default: typeof en }>,
}

/** Language and time zone of a request: what the operator's cookies say, or else Russian and Moscow. */
export default getRequestConfig(async () => {
  const jar = await cookies()
  const chosen = jar.get(LOCALE_COOKIE)?.value
  const locale = isLocale(chosen) ? chosen : DEFAULT_LOCALE
  const zone = jar.get(TIME_ZONE_COOKIE)?.value
  return {
    locale,
    timeZone: zone && isTimeZone(zone) ? zone : DEFAULT_TIME_ZONE,
    messages: (await MESSAGES[locale]()).default,
  }
})
