import { createTranslator } from 'next-intl'
import { env } from '@/lib/env'
import type { AppLocale } from '@/lib/i18n/locales'
import type { SessionNews } from '@/lib/notifications/session-news'
import en from '@/messages/en.json' with { type: 'json' }
import ru from '@/messages/ru.json' with { type: 'json' }

const MESSAGES = { ru, en: en as typeof ru }

export interface NoticeText {
  title: string
  body: string
  /** Where to read more. */
  url: string
}

/** The address people use. */
export const siteUrl = (): string => (env().NEXTAUTH_URL ?? `http://localhost:${env().PORT}`).replace(/\/+$/, '')

/** What a person is told of a session, or of a trial, in their language. */
export function noticeText(locale: AppLocale, session: SessionNews | null): NoticeText {
  const t = createTranslator({ locale, messages: MESSAGES[locale], timeZone: env().SHOP_TIME_ZONE })
  if (!session) {
    return { title: t('notices.trialTitle'), body: t('notices.trialBody'), url: `${siteUrl()}/admin/notifications` }
  }
  const { id, status, types, created, updated, deactivated, errors, warnings } = session
  const lines = [
    t('notices.sessionOf', { id: String(id), types: types.map((type) => t(`importType.${type}`)).join(', ') }),
    t('notices.counts', { created, updated, deactivated }),
    ...(errors + warnings > 0 ? [t('notices.problems', { errors, warnings })] : []),
  ]
  return {
    title: t(`notices.settled.${status as 'FAILED'}`),
    body: lines.join('\n'),
    url: `${siteUrl()}/admin/imports/${id}`,
  }
}

/** The footer of an e-mail: why it came, and where to change that. */
export function mailFooter(locale: AppLocale): string {
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: 'notices' })
  return t('mailFooter', { url: `${siteUrl()}/admin/notifications` })
}
