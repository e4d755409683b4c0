import { render } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import ru from '@/messages/ru.json'

const Page = ({ children }: { children: ReactNode }) => (
  <NextIntlClientProvider locale="ru" timeZone="Europe/Moscow" messages={ru}>
    {children}
  </NextIntlClientProvider>
)

/** Renders as a page in Russian, in Moscow's time. */
export const renderPage = (element: ReactNode) => render(element, { wrapper: Page })
