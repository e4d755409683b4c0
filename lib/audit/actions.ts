/** Everything that is recorded, as `what.happened`; messages `audit.<action>` say it for people. */
export const AUDIT_ACTIONS = [
  'import.started',
  'import.repeated',
  'import.cancelled',
  'import.retried_now',
  'import.deleted',
  'schedule.created',
  'schedule.updated',
  'schedule.switched_on',
  'schedule.switched_off',
  'schedule.deleted',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
