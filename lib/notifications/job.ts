import { z } from 'zod'

// Apart from what the pages need: in the browser zod tries whether it may evaluate code, which the pages' policy forbids.

/** The graphile-worker task that sends one notification; added by the database itself (function notify_add_job). */
export const SEND_NOTIFICATION = 'send_notification'
export const sendNotificationPayload = z.object({ notificationId: z.number().int().positive() })
