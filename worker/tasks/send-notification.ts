import type { Task } from 'graphile-worker'
import { log as processLog } from '@/lib/log'
import { type ClaimedDelivery, claimDelivery, recordNotSent, recordSent } from '@/lib/notifications/deliveries'
import { sendNotificationPayload } from '@/lib/notifications/job'
import { DeliveryError } from '../notify/delivery-error'
import { sendEmail } from '../notify/email'
import { sendPush } from '../notify/push'
import { sendWebhook } from '../notify/webhook'

const SEND = { email: sendEmail, push: sendPush, webhook: sendWebhook } as const

/** The job of one notification. What may pass is thrown, so that graphile-worker tries again; the rest is given up here. */
export const sendNotification: Task = async (payload, { job, abortSignal }) => {
  const id = BigInt(sendNotificationPayload.parse(payload).notificationId)
  const log = processLog.child({ notification: id.toString() }, { msgPrefix: `[Task ${job.id}] ` })
  const claimed = await claimDelivery(id)
  if (claimed === 'done') return
  // Thrown, and so tried again: whoever is at it may have died.
  if (claimed === 'busy') throw new Error('Another worker is sending it')
  await send(claimed)

  async function send(delivery: ClaimedDelivery): Promise<void> {
    try {
      await SEND[delivery.channel](delivery, abortSignal)
    } catch (error) {
      const failure = error instanceof DeliveryError ? error : new DeliveryError('internal')
      const forGood = failure.forGood || job.attempts >= job.max_attempts
      await recordNotSent(id, failure.code, failure.detail, forGood)
      log.warn({ err: error, forGood }, `not sent by ${delivery.channel}: ${failure.message}`)
      // Given up: the row tells the user, and the job need not stay behind.
      if (forGood) return
      throw error
    }
    await recordSent(id)
    log.info(`sent by ${delivery.channel}`)
  }
}
