import { createTransport } from 'nodemailer'
import { env } from '@/lib/env'
import type { ClaimedDelivery } from '@/lib/notifications/deliveries'
import { DeliveryError } from './delivery-error'
import { mailFooter, noticeText, siteUrl } from './texts'

/** Each step of the talk with the mail server may last so long, in milliseconds. */
const TIMEOUT_MS = 10_000

/** Sends a notification by e-mail. Its Message-ID is the same at every attempt. */
export async function sendEmail({ id, email, locale, session }: ClaimedDelivery): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env()
  if (!SMTP_URL) throw new DeliveryError('no_smtp', null, true)
  const host = new URL(siteUrl()).hostname
  const { title, body, url } = noticeText(locale, session)
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  try {
    await transport.sendMail({
      from: MAIL_FROM ?? `Obmen <obmen@${host}>`,
      to: email,
      subject: session ? `${title}: ${body.split('\n')[0]}` : title,
      text: `${title}\n\n${body}\n\n${url}\n\n-- \n${mailFooter(locale)}\n`,
      messageId: `<obmen-${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Obmen-Notification': `${id}` },
    })
  } catch (error) {
    const { code, message, responseCode, response } = error as Error & {
      code?: string
      responseCode?: number
      response?: string
    }
    // 5xx is a final answer; everything else may pass.
    if (responseCode) throw new DeliveryError('mail_refused', response ?? message, responseCode >= 500)
    throw new DeliveryError(code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', code ?? message)
  } finally {
    transport.close()
  }
}
