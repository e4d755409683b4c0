import { isRowId } from '@/lib/catalog/row-id'
import type { StepKind } from '@/prisma/client/enums'

/** The address of a row of the catalogue; `from`: the session to go back to. */
export function rowUrl(step: StepKind, id: string, from: number | null = null): string | null {
  if (!isRowId(id)) return null
  return `/admin/catalog/${step}/${encodeURIComponent(id)}${from === null ? '' : `?from=${from}`}`
}
