import type { DeliveryErrorCode } from '@/lib/notifications/notification'

/** A notification that could not be delivered, with the reason for the user. */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
  constructor(
    readonly code: DeliveryErrorCode,
    readonly detail: string | null = null,
    /** Whether another attempt would end the same. */
    readonly forGood = false,
  ) {
    super(detail ? `${code}: ${detail}` : code)
  }
}
