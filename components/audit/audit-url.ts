export const AUDIT_PATH = '/admin/audit'

/** What the address of the log asks for, as it is written there. */
export interface AuditAddress {
  who?: string | undefined
  action?: string | undefined
  /** Days, `2026-11-22`. */
  from?: string | undefined
  to?: string | undefined
  before?: string | undefined
  after?: string | undefined
}

/** The address of the log under these conditions. */
export function auditUrl(address: AuditAddress): string {
  const given = Object.entries(address).filter((entry): entry is [string, string] => !!entry[1])
  return given.length > 0 ? `${AUDIT_PATH}?${new URLSearchParams(given)}` : AUDIT_PATH
}
