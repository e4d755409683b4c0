import { z } from 'zod'
import type { SessionListFilter } from '@/lib/imports/session'
import { SESSION_STATUSES } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'

/** A value that does not fit counts as none. */
export const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

/** No control characters: PostgreSQL has no place for NUL in a text. */
export const searchText = optional(
  z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u),
)

const sessionId = optional(
  z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
)

// An address is typed, mailed and bookmarked: what makes no sense in it is as good as not there.
const schema = z.object({
  status: optional(z.enum(SESSION_STATUSES)),
  type: optional(z.enum(IMPORT_TYPE_NAMES)),
  q: searchText,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  started: sessionId,
  deleted: sessionId,
})

export type SearchParams = Record<string, string | string[] | undefined>

/** What the address of the list asks for. */
export function parseSearchParams(params: SearchParams): {
  filter: SessionListFilter
  started: number | undefined
  deleted: number | undefined
} {
  const { status, type, q, page, started, deleted } = schema.parse(params)
  return { filter: { status, type, search: q, page }, started, deleted }
}
