import { z } from 'zod'
import { optional, type SearchParams, searchText } from '@/app/admin/imports/search-params'
import type { ProblemFilter } from '@/lib/imports/session'
import { STEP_ORDER } from '@/lib/imports/types'
import { Severity } from '@/prisma/client/enums'

// As in the list of sessions: what makes no sense in an address is as good as not there.
const schema = z.object({
  severity: optional(z.enum(Severity)),
  step: optional(z.enum([...STEP_ORDER, 'session'])),
  code: optional(z.string().regex(/^[a-z\d_]{1,60}$/)),
  q: searchText,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

/** Which problems the address asks for. */
export function problemFilterOf(params: SearchParams): ProblemFilter {
  const { q, ...filter } = schema.parse(params)
  return { ...filter, search: q }
}
