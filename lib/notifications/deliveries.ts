import { database } from '@/lib/db'
import { type AppLocale, DEFAULT_LOCALE, isLocale } from '@/lib/i18n/locales'
import type { DeliveryErrorCode, SentChannel } from '@/lib/notifications/notification'
import type { SessionNews } from '@/lib/notifications/session-news'
import { readSessionNews } from '@/lib/notifications/session-news'

// What a worker does to a notification. It is claimed before it is sent and marked after: whoever finds it sent, given
// up, or in the hands of another worker, does not send it. Between the sending and the mark a worker may die; then it is
// sent again, under the same id, by which the receiver knows it (docs/notifications.md).

/** A claim is believed for this long, in seconds: longer than any sending takes. */
const CLAIM_SECONDS = 60

export interface ClaimedDelivery {
  id: bigint
  channel: SentChannel
  userId: number
  targetId: number
  email: string
  locale: AppLocale
  /** Null: a trial. */
  session: SessionNews | null
}

/** Claims a notification for sending; «done» when there is nothing (more) to do, «busy» while another worker is at it. */
export async function claimDelivery(id: bigint): Promise<ClaimedDelivery | 'done' | 'busy'> {
  const db = database()
  const [claimed] = await db.$queryRaw<
    { channel: SentChannel; userId: number; targetId: number; sessionId: number | null }[]
  >`
    update notifications set claimed_at = clock_timestamp(), attempts = attempts + 1
    where id = ${id} and sent_at is null and failed_at is null
      and (claimed_at is null or claimed_at < clock_timestamp() - ${CLAIM_SECONDS} * interval '1 second')
    returning channel::text, user_id as "userId", target_id as "targetId", session_id as "sessionId"`
  if (!claimed) {
    const open = await db.notification.findFirst({ where: { id, sentAt: null, failedAt: null }, select: { id: true } })
    return open ? 'busy' : 'done'
  }
  const { sessionId, ...rest } = claimed
  const [user, session] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: claimed.userId }, select: { email: true, locale: true } }),
    sessionId === null ? null : readSessionNews(sessionId),
  ])
  return { id, ...rest, email: user.email, locale: isLocale(user.locale) ? user.locale : DEFAULT_LOCALE, session }
}

/** It is delivered, as far as the receiving server says. */
export async function recordSent(id: bigint): Promise<void> {
  await database()
    .$executeRaw`update notifications set sent_at = clock_timestamp(), claimed_at = null, error = null, error_detail = null where id = ${id}`
}

/** It could not be delivered; `forGood` when it will not be tried again. */
export async function recordNotSent(
  id: bigint,
  error: DeliveryErrorCode,
  detail: string | null,
  forGood: boolean,
): Promise<void> {
  await database().$executeRaw`
    update notifications set claimed_at = null, error = ${error}, error_detail = ${detail?.slice(0, 300) ?? null},
      failed_at = case when ${forGood} then clock_timestamp() end
    where id = ${id} and sent_at is null`
}

/** Where a push message goes; null when the browser is gone. */
export const pushTarget = (id: number) =>
  database().pushSubscription.findUnique({ where: { id }, select: { endpoint: true, p256dh: true, auth: true } })

/** Forgets a browser whose push service knows it no more. */
export async function forgetPushTarget(id: number): Promise<void> {
  await database().pushSubscription.deleteMany({ where: { id } })
}

/** Where a webhook leads; null when it was deleted. */
export const webhookTarget = (id: number) =>
  database().webhook.findUnique({ where: { id }, select: { url: true, secret: true } })
