import { createHmac } from 'node:crypto'
import { env } from '@/lib/env'
import { sendableUrl } from '@/lib/notifications/address'
import { type ClaimedDelivery, webhookTarget } from '@/lib/notifications/deliveries'
import { DeliveryError } from './delivery-error'
import { post } from './post'
import { siteUrl } from './texts'

/** Sends a notification to a webhook, signed with its secret (docs/notifications.md). The id is the same at every attempt. */
export async function sendWebhook({ id, targetId, session }: ClaimedDelivery, signal?: AbortSignal): Promise<void> {
  const target = await webhookTarget(targetId)
  if (!target) throw new DeliveryError('target_deleted', null, true)
  const allowPrivate = env().NOTIFY_PRIVATE_ADDRESSES
  const url = sendableUrl(target.url, { allowPrivate })
  if (!url) throw new DeliveryError('forbidden_address', null, true)
  const event = session ? 'import.settled' : 'test'
  const body = Buffer.from(
    JSON.stringify({
      id: `${id}`,
      event,
      ...(session ? { session: { ...session, url: `${siteUrl()}/admin/imports/${session.id}` } } : {}),
    }),
  )
  const timestamp = `${Math.floor(Date.now() / 1000)}`
  const status = await post({
    url,
    headers: {
      'content-type': 'application/json',
      'x-obmen-id': `${id}`,
      'x-obmen-event': event,
      'x-obmen-timestamp': timestamp,
      'x-obmen-signature': `sha256=${sign(target.secret, timestamp, body)}`,
    },
    body,
    allowPrivate,
    signal,
  })
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) throw new DeliveryError('redirect', `${status}`, true)
  throw new DeliveryError('status', `${status}`, status === 410)
}

const sign = (secret: string, timestamp: string, body: Buffer): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
