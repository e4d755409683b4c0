import { isRowId, permissionOf } from '@/lib/catalog/row-id'
import { may } from '@/lib/permissions'
import type { Role, StepKind } from '@/prisma/client/enums'

/** Where an id of 1C that a step names leads to; null: nowhere. */
export type RowUrlOf = (step: StepKind, id: string) => string | null

/** The address of a row of the catalogue; `from`: the session to go back to. */
export function rowUrl(step: StepKind, id: string, from: number | null = null): string | null {
  if (!isRowId(id)) return null
  return `/admin/catalog/${step}/${encodeURIComponent(id)}${from === null ? '' : `?from=${from}`}`
}

/** Where the ids on a session's pages lead somebody of that role. What a dry run wrote is not there any more. */
export const rowUrlsOf =
  (session: { id: number; dryRun: boolean }, role: Role): RowUrlOf =>
  (step, id) =>
    session.dryRun || !may(role, permissionOf(step)) ? null : rowUrl(step, id, session.id)
