import type { Role } from '@/prisma/client/enums'

/** The one table of who may do what. Every page, action and route asks it through lib/session.ts. */
const ALLOWED = {
  /** See sessions, their problems and logs, the overview and the schedule. */
  'imports.read': ['ADMIN', 'OPERATOR', 'VIEWER'],
  /** See what is in the catalogue now. */
  'catalog.read': ['ADMIN', 'OPERATOR', 'VIEWER'],
  /** See the imported customers: who they are, and how to reach them. */
  'customers.read': ['ADMIN', 'OPERATOR'],
  /** Start and repeat imports. */
  'imports.start': ['ADMIN', 'OPERATOR'],
  /** Cancel an import, or have its next attempt made at once. */
  'imports.control': ['ADMIN', 'OPERATOR'],
  /** Delete a settled session with its report. */
  'imports.delete': ['ADMIN'],
  'schedules.edit': ['ADMIN', 'OPERATOR'],
  /** Have this server send requests to an address of theirs. */
  'webhooks.edit': ['ADMIN', 'OPERATOR'],
  'users.manage': ['ADMIN'],
  'audit.read': ['ADMIN'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof ALLOWED

/** Whether somebody of this role may do that. */
export const may = (role: Role, permission: Permission): boolean =>
  (ALLOWED[permission] as readonly Role[]).includes(role)
