import webpush from 'web-push'
import { env } from '@/lib/env'
import { sendableUrl } from '@/lib/notifications/address'
import { type ClaimedDelivery, forgetPushTarget, pushTarget } from '@/lib/notifications/deliveries'
import { vapidKeys } from '@/lib/notifications/vapid'
import { DeliveryError } from './delivery-error'
import { post } from './post'
import { noticeText, siteUrl } from './texts'

/** A browser that is not running gets it within so long, in seconds; after that nobody needs it. */
const KEPT_SECONDS = 24 * 60 * 60

/** Sends a notification to a browser, encrypted for it. The browser shows it once: it knows it by its tag. */
export async function sendPush(delivery: ClaimedDelivery, signal?: AbortSignal): Promise<void> {
  const target = await pushTarget(delivery.targetId)
  if (!target) throw new DeliveryError('target_deleted', null, true)
  const allowPrivate = env().NOTIFY_PRIVATE_ADDRESSES
  const url = sendableUrl(target.endpoint, { allowPrivate, httpsOnly: true })
  if (!url) throw new DeliveryError('forbidden_address', null, true)
  const { endpoint, ...keys } = target
  const tag = `obmen-${delivery.id}`
  const site = siteUrl()
  const { headers, body } = webpush.generateRequestDetails(
    { endpoint, keys },
    JSON.stringify({ ...noticeText(delivery.locale, delivery.session), tag }),
    {
      TTL: KEPT_SECONDS,
      urgency: delivery.session?.status === 'FAILED' ? 'high' : 'normal',
      topic: tag,
      vapidDetails: {
        // Push services want to know whom to write to; they take no plain http here.
        subject: site.startsWith('https:') ? site : 'mailto:obmen@localhost.invalid',
        ...(await vapidKeys()),
      },
    },
  )
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}`]))
  const status = await post({ url, headers: texts, body: body ?? Buffer.alloc(0), allowPrivate, signal })
  if (status >= 200 && status < 300) return
  if (status === 404 || status === 410) {
    await forgetPushTarget(delivery.targetId)
    throw new DeliveryError('gone', null, true)
  }
  throw new DeliveryError('status', `${status}`, status >= 400 && status < 500 && status !== 429)
}
