import { render } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'

interface PageProps {
  children: ReactNode
}

const RussianPage = ({ children }: PageProps) => (
  <NextIntlClientProvider locale="ru" timeZone="Europe/Moscow" messages={ru}>
    {children}
  </NextIntlClientProvider>
)

const EnglishPage = ({ children }: PageProps) => (
  <NextIntlClientProvider locale="en" timeZone="Europe/Moscow" messages={en}>
    {children}
  </NextIntlClientProvider>
)

/** Renders as a page in Russian, in Moscow's time. */
export const renderPage = (element: ReactNode) => render(element, { wrapper: RussianPage })

/** The same in English. */
export const renderEnglishPage = (element: ReactNode) => render(element, { wrapper: EnglishPage })
