'use server'

import { cookies } from 'next/headers'
import { isLocale, isTimeZone, LOCALE_COOKIE, TIME_ZONE_COOKIE } from '@/lib/i18n/locales'
import { setUserLocale } from '@/lib/notifications/commands'
import { currentUser } from '@/lib/session'

const FOR_A_YEAR = { maxAge: 365 * 24 * 60 * 60, sameSite: 'lax', path: '/', httpOnly: true } as const

/** Remembers the language that the pressed button of the form carries. */
export async function setLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (!isLocale(locale)) return
  ;(await cookies()).set(LOCALE_COOKIE, locale, FOR_A_YEAR)
  // What is sent to them speaks the same language.
  const user = await currentUser()
  if (user) await setUserLocale(user.id, locale)
}

/** Remembers the browser's time zone; the pages are then rendered in it. */
export async function setTimeZone(zone: string): Promise<void> {
  if (typeof zone === 'string' && zone.length < 64 && isTimeZone(zone)) {
    ;(await cookies()).set(TIME_ZONE_COOKIE, zone, FOR_A_YEAR)
  }
}
