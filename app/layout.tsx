import type { Metadata, Viewport } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { fontClasses } from '@/app/fonts'
import { Messages } from '@/components/ui/messages'
import { TimeZoneSync } from '@/components/ui/time-zone-sync'
import '@/app/globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app')
  return {
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  return (
    <html lang={locale} className={fontClasses}>
      <body className="min-h-dvh font-sans antialiased">
        <Messages locale={locale} timeZone={await getTimeZone()}>
          <TimeZoneSync />
          {children}
        </Messages>
      </body>
    </html>
  )
}
