import type { Count, Cut } from '@/lib/catalog/row'
import { database } from '@/lib/db'
import { Prisma } from '@/prisma/client/client'

const { sql } = Prisma

/** What every row has that 1C can switch off. */
export const KEPT = {
  onecId: true,
  isActive: true,
  deactivatedByImport: true,
  createdAt: true,
  updatedAt: true,
} as const

/** Nobody needs to know more exactly; counting on would take as long as there are rows. */
export const COUNTED_AT_MOST = 10_000
/** So many rows of a table without a fitting index are looked at: some 40 ms. */
const LOOKED_AT = 200_000

/** A list of which one more than `limit` was read. */
export const cut = <T>(rows: readonly T[], limit: number): Cut<T> => ({
  items: rows.slice(0, limit),
  more: rows.length > limit,
})

/** What a count means that was stopped behind COUNTED_AT_MOST. */
export const stoppedCount = (found: number): Count =>
  found > COUNTED_AT_MOST ? { value: COUNTED_AT_MOST, is: 'more' } : { value: found, is: 'exact' }

/** How many rows fit, where no index tells: of a long table, among its first rows only. */
export async function countByLooking(table: 'prices' | 'stocks', where: Prisma.Sql): Promise<Count> {
  const [row] = await database().$queryRaw<{ found: number; looked: number }[]>(sql`
    select count(*) filter (where ${where})::int as "found", count(*)::int as "looked"
    from (select * from ${Prisma.raw(table)} limit ${LOOKED_AT + 1}) as looked_at`)
  const { found, looked } = row ?? { found: 0, looked: 0 }
  if (looked <= LOOKED_AT || found > COUNTED_AT_MOST) return stoppedCount(found)
  return { value: found, is: 'part' }
}
