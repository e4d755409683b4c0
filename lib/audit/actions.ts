/** Everything that is recorded, as `what.happened`; messages `audit.<action>` say it for people. */
export const AUDIT_ACTIONS = [
  'import.started',
  'import.repeated',
  'import.cancelled',
  'import.retried_now',
  'import.deleted',
  'import.expired',
  'user.added',
  'user.role_changed',
  'user.disabled',
  'user.enabled',
  'user.password_reset',
  'user.password_changed',
  'user.unblocked',
  'sign_in.succeeded',
  'sign_in.failed',
  'sign_in.address_unblocked',
  'schedule.created',
  'schedule.updated',
  'schedule.switched_on',
  'schedule.switched_off',
  'schedule.deleted',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
