export const LOCALES = ['ru', 'en'] as const
export type AppLocale = (typeof LOCALES)[number]

export const DEFAULT_LOCALE: AppLocale = 'ru'
export const DEFAULT_TIME_ZONE = 'Europe/Moscow'

export const LOCALE_COOKIE = 'locale'
export const TIME_ZONE_COOKIE = 'tz'

/** Whether the text names a language the pages speak. */
export const isLocale = (value: unknown): value is AppLocale => (LOCALES as readonly unknown[]).includes(value)

/** Whether the text names a time zone this machine knows. */
export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
