'use client'

import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import type { AppLocale } from '@/lib/i18n/locales'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'

const MESSAGES = { ru, en }

/**
 * The texts of client components. They come with the scripts, which a browser keeps, instead of with the page: there they
 * would be half of every refresh.
 */
export function Messages({ locale, timeZone, children }: { locale: AppLocale; timeZone: string; children: ReactNode }) {
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} messages={MESSAGES[locale]}>
      {children}
    </NextIntlClientProvider>
  )
}
