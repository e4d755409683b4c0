import { randomBytes } from 'node:crypto'
import { database } from '@/lib/db'
import type { AppLocale } from '@/lib/i18n/locales'
import type { Scopes, SentChannel } from '@/lib/notifications/notification'
import type { NotifyScope } from '@/prisma/client/enums'

/** Takes one notice of a user, or all of them, for read. */
export async function markRead(userId: number, id?: bigint): Promise<void> {
  await database().notification.updateMany({
    where: { userId, channel: 'app', readAt: null, ...(id === undefined ? {} : { id }) },
    data: { readAt: new Date() },
  })
}

/** Remembers what a user wants to hear of. */
export async function chooseScopes(userId: number, scopes: Scopes): Promise<void> {
  await database().notificationSettings.upsert({
    where: { userId },
    create: { userId, ...scopes },
    update: scopes,
    select: { userId: true },
  })
}

/** The language of what is sent to a user. */
export async function setUserLocale(userId: number, locale: AppLocale): Promise<void> {
  await database().user.updateMany({ where: { id: userId, locale: { not: locale } }, data: { locale } })
}

/** More hooks than that are a mistake, or no good intention. */
const WEBHOOKS_PER_USER = 5

/** Adds a webhook with a secret of its own; false when there are too many. */
export const addWebhook = (userId: number, url: string, scope: NotifyScope): Promise<boolean> =>
  database().$transaction(async (tx) => {
    await tx.$queryRaw`select from users where id = ${userId} for no key update`
    if ((await tx.webhook.count({ where: { userId } })) >= WEBHOOKS_PER_USER) return false
    const secret = randomBytes(32).toString('base64url')
    await tx.webhook.create({ data: { userId, url, scope, secret }, select: { id: true } })
    return true
  })

/** Deletes a webhook of a user; what was not sent yet is not sent. */
export async function deleteWebhook(userId: number, id: number): Promise<void> {
  await database().webhook.deleteMany({ where: { userId, id } })
}

/** Remembers a browser that shows notifications; one that was somebody else's is now this user's. */
export async function savePushSubscription(
  userId: number,
  subscription: { endpoint: string; p256dh: string; auth: string; label: string },
): Promise<void> {
  const { endpoint, ...rest } = subscription
  await database().pushSubscription.upsert({
    where: { endpoint },
    create: { userId, endpoint, ...rest },
    update: { userId, ...rest },
    select: { id: true },
  })
}

/** Forgets a browser of a user. */
export async function deletePushSubscription(userId: number, id: number): Promise<void> {
  await database().pushSubscription.deleteMany({ where: { userId, id } })
}

/** Has a trial sent; false when the last one was a moment ago, or there is no such target of this user. */
export const sendTrial = (userId: number, channel: SentChannel, targetId: number): Promise<boolean> =>
  database().$transaction(async (tx) => {
    await tx.$queryRaw`select from users where id = ${userId} for no key update`
    const rows = await tx.$queryRaw<unknown[]>`
      with added as (
        insert into notifications (user_id, channel, target_id)
        select ${userId}, ${channel}::notify_channel, ${targetId}
        where case ${channel}
            when 'push' then exists (select from push_subscriptions where id = ${targetId} and user_id = ${userId})
            when 'webhook' then exists (select from webhooks where id = ${targetId} and user_id = ${userId})
            else true
          end
          and not exists (
            select from notifications
            where user_id = ${userId} and session_id is null and created_at > now() - interval '5 seconds')
        returning id, channel
      )
      select notify_add_job(id, channel)::text from added`
    return rows.length > 0
  })
