import { database } from '@/lib/db'
import { sharedRead } from '@/lib/events/shared-read'
import {
  type Choices,
  DEFAULT_SCOPES,
  type Delivery,
  type DeliveryErrorCode,
  type Notice,
} from '@/lib/notifications/notification'

/** More unread notices than that nobody counts. */
const UNREAD_COUNTED = 100

/**
 * How many notices in the application somebody has not read, up to 100. Asked for at every page and refresh: read at
 * once for all users, and shared until something is heard to have changed (lib/events/shared-read.ts).
 */
export async function unreadCount(userId: number): Promise<number> {
  const counts = await sharedRead('unread notices', async () => {
    const rows = await database().$queryRaw<{ userId: number; unread: number }[]>`
      select users.id as "userId", counted.unread
      from users cross join lateral (
        select count(*)::int as unread from (
          select from notifications as n
          where n.user_id = users.id and n.channel = 'app' and n.read_at is null limit ${UNREAD_COUNTED}
        ) as first_ones
      ) as counted
      where users.is_active and counted.unread > 0`
    return new Map(rows.map((row) => [row.userId, row.unread]))
  })
  return counts.get(userId) ?? 0
}

/** The last notices in the application, newest first. */
export async function listNotices(userId: number, count: number): Promise<Notice[]> {
  const rows = await database().notification.findMany({
    where: { userId, channel: 'app', sessionId: { not: null } },
    select: {
      id: true,
      createdAt: true,
      readAt: true,
      session: { select: { id: true, status: true, types: true, dryRun: true } },
    },
    orderBy: { id: 'desc' },
    take: count,
  })
  return rows.flatMap(({ id, createdAt, readAt, session }) =>
    session
      ? [
          {
            id: id.toString(),
            sessionId: session.id,
            status: session.status,
            types: session.types,
            dryRun: session.dryRun,
            at: createdAt,
            isRead: readAt !== null,
          },
        ]
      : [],
  )
}

/** What was sent to a user lately, or is to be, newest first. */
export async function listDeliveries(userId: number, count: number): Promise<Delivery[]> {
  const rows = await database().$queryRaw<
    (Omit<Delivery, 'state' | 'error'> & { error: string | null; sentAt: Date | null; failedAt: Date | null })[]
  >`
    select n.id::text, n.session_id as "sessionId", n.channel::text, n.created_at as "createdAt", n.attempts::int,
      n.sent_at as "sentAt", n.failed_at as "failedAt", n.error, n.error_detail as "errorDetail",
      case n.channel when 'email' then u.email when 'webhook' then w.url when 'push' then p.label end as "target"
    from notifications as n
    join users as u on u.id = n.user_id
    left join webhooks as w on n.channel = 'webhook' and w.id = n.target_id
    left join push_subscriptions as p on n.channel = 'push' and p.id = n.target_id
    where n.user_id = ${userId} and n.channel <> 'app'
    order by n.id desc limit ${count}`
  return rows.map(({ sentAt, failedAt, error, ...row }) => ({
    ...row,
    state: sentAt ? 'sent' : failedAt ? 'failed' : 'waiting',
    error: error as DeliveryErrorCode | null,
  }))
}

/** What a user has chosen to hear of, and in which ways. */
export async function choicesOf(userId: number): Promise<Choices> {
  const db = database()
  const [settings, browsers, webhooks] = await Promise.all([
    db.notificationSettings.findUnique({ where: { userId }, select: { app: true, push: true, email: true } }),
    db.pushSubscription.findMany({
      where: { userId },
      select: { id: true, endpoint: true, label: true, createdAt: true },
      orderBy: { id: 'asc' },
    }),
    db.webhook.findMany({
      where: { userId },
      select: { id: true, url: true, secret: true, scope: true },
      orderBy: { id: 'asc' },
    }),
  ])
  return { scopes: settings ?? DEFAULT_SCOPES, browsers, webhooks }
}
