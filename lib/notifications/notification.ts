import { type NotifyChannel, NotifyScope, type SessionStatus } from '@/prisma/client/enums'

// What notifications are made of, and what the pages show of them; lib/notifications/queries.ts fills it.

export const SCOPES = Object.values(NotifyScope)
/** The ways that have one choice a user; a webhook has its own. */
export const CHOSEN_CHANNELS = ['app', 'push', 'email'] as const satisfies readonly NotifyChannel[]
export type ChosenChannel = (typeof CHOSEN_CHANNELS)[number]
/** The ways that something has to be sent. */
export const SENT_CHANNELS = ['push', 'email', 'webhook'] as const satisfies readonly NotifyChannel[]
export type SentChannel = (typeof SENT_CHANNELS)[number]

export type Scopes = Record<ChosenChannel, NotifyScope>
/** What counts for somebody who has not chosen yet. */
export const DEFAULT_SCOPES: Scopes = { app: 'all', push: 'all', email: 'none' }

/** Why something could not be delivered; messages `notices.error.<code>` say it for people. */
export const DELIVERY_ERRORS = [
  'no_smtp',
  'mail_refused',
  'status',
  'redirect',
  'forbidden_address',
  'timeout',
  'unreachable',
  'gone',
  'target_deleted',
  'internal',
] as const
export type DeliveryErrorCode = (typeof DELIVERY_ERRORS)[number]

/** What somebody was told of a session in the application. */
export interface Notice {
  id: string
  sessionId: number
  status: SessionStatus
  types: string[]
  dryRun: boolean
  /** When the session ended. */
  at: Date
  isRead: boolean
}

/** Something that was sent, or is to be. */
export interface Delivery {
  id: string
  /** Null: a trial. */
  sessionId: number | null
  channel: NotifyChannel
  /** The e-mail address, the webhook's URL, the browser; null when it is gone. */
  target: string | null
  createdAt: Date
  state: 'sent' | 'waiting' | 'failed'
  attempts: number
  error: DeliveryErrorCode | null
  errorDetail: string | null
}

export interface WebhookChoice {
  id: number
  url: string
  secret: string
  scope: NotifyScope
}

export interface PushBrowser {
  id: number
  endpoint: string
  label: string
  createdAt: Date
}

/** All that a user has chosen. */
export interface Choices {
  scopes: Scopes
  browsers: PushBrowser[]
  webhooks: WebhookChoice[]
}
