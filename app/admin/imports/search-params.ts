import { z } from 'zod'
import { addDays } from '@/lib/day'
import type { SessionListFilter } from '@/lib/imports/session'
import { placeText, SESSION_ORDERS } from '@/lib/imports/session-order'
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

/** A day of the calendar, `2026-11-22`. */
const day = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text)

const id = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

// An address is typed, mailed and bookmarked: what makes no sense in it is as good as not there.
const schema = z.object({
  status: optional(z.enum(SESSION_STATUSES)),
  type: optional(z.enum(IMPORT_TYPE_NAMES)),
  who: optional(z.literal('system').or(id)),
  from: optional(day),
  to: optional(day),
  q: searchText,
  sort: optional(z.enum(SESSION_ORDERS)),
  after: optional(placeText),
  before: optional(placeText),
  started: optional(id),
  deleted: optional(id),
})

export type SearchParams = Record<string, string | string[] | undefined>

/** What the address of the list asks for. */
export function parseSearchParams(params: SearchParams): {
  filter: SessionListFilter
  started: number | undefined
  deleted: number | undefined
} {
  const { q, sort, started, deleted, ...filter } = schema.parse(params)
  return { filter: { ...filter, search: q, order: sort }, started, deleted }
}
