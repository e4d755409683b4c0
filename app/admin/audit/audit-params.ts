import { z } from 'zod'
import { optional, type SearchParams } from '@/app/admin/imports/search-params'
import type { AuditAddress } from '@/components/audit/audit-url'
import { NOBODY } from '@/lib/audit/nobody'
import type { AuditFilter } from '@/lib/audit/queries'
import { endOfDay, startOfDay } from '@/lib/time-zone'

const entryId = z.string().regex(/^\d{1,18}$/)
const userId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .refine((id) => Number(id) < 2 ** 31)
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2200-01-01')

// As in the other lists: what makes no sense in an address is as good as not there.
const schema = z.object({
  who: optional(z.union([z.literal(NOBODY), userId])),
  action: optional(z.string().regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/)),
  from: optional(day),
  to: optional(day),
  before: optional(entryId),
  after: optional(entryId),
})

/** What the address of the log asks for, in the days of the reader's time zone. */
export function parseAuditParams(
  params: SearchParams,
  timeZone: string,
): { address: AuditAddress; filter: AuditFilter } {
  const address = schema.parse(params)
  const { who, action, from, to, before, after } = address
  return {
    address,
    filter: {
      who: who === undefined || who === NOBODY ? who : Number(who),
      action,
      from: from ? startOfDay(from, timeZone) : undefined,
      to: to ? endOfDay(to, timeZone) : undefined,
      before: before ? BigInt(before) : undefined,
      after: after ? BigInt(after) : undefined,
    },
  }
}
