import type { Client } from 'pg'
import type { StepChanges } from '@/lib/imports/session'
import type { StepKind } from '@/prisma/client/enums'
import type { StepCounts } from './steps/step'

/** So many of 1C's ids are kept of each kind of change of a step. */
const KEPT_IDS = 20
/** A table of more pages than this is not searched as a whole: it would slow the step down. 64 MB. */
const SMALL_PAGES = 8192

interface Written {
  table: string
  id: string
  /** Rows that were there before are told by created_at. */
  hasCreated: boolean
  /** The condition under which a row counts as switched off. */
  isOff: string | null
  /** Rows of the table that are another step's are left out. */
  only?: string
}

const named = (table: string): Written => ({ table, id: 'onec_id', hasCreated: true, isOff: 'not is_active' })

/** The table that tells best what a step has changed. */
const WRITTEN: Record<StepKind, Written> = {
  groups: named('categories'),
  properties: { table: 'attribute_ids', id: 'onec_id', hasCreated: false, isOff: null },
  price_types: named('price_types'),
  warehouses: named('warehouses'),
  goods: named('products'),
  offers: { ...named('product_variants'), only: 'not is_default' },
  prices: { table: 'prices', id: 'offer_onec_id', hasCreated: false, isOff: null },
  stock: { table: 'stocks', id: 'offer_onec_id', hasCreated: false, isOff: 'quantity = 0' },
  images: { table: 'product_images', id: 'owner_onec_id', hasCreated: false, isOff: null },
  customers: named('customers'),
}

/** How long the step's table is before the step: what it adds comes behind. */
export async function pagesBefore(db: Client, kind: StepKind): Promise<number> {
  const { rows } = await db.query<{ pages: number }>(
    `select (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int as pages`,
    [WRITTEN[kind].table],
  )
  return rows[0]?.pages ?? 0
}

/**
 * A few ids of what this transaction has created, updated and switched off. Rows it wrote bear its time; they are looked
 * for behind the table's former end, where most of them are, and in a small table everywhere.
 */
export async function changesOf(
  db: Client,
  kind: StepKind,
  pages: number,
  { created, updated, deactivated }: StepCounts,
): Promise<StepChanges | null> {
  if (created + updated + deactivated === 0) return null
  const { table, id, hasCreated, isOff, only = 'true' } = WRITTEN[kind]
  const changes: StepChanges = {}
  const find = async (what: keyof StepChanges, condition: string) => {
    const place = pages <= SMALL_PAGES ? '' : `ctid >= '(${Math.max(0, pages - 1)},0)'::tid and`
    const { rows } = await db.query<{ id: string }>(
      `select distinct id from (
         select ${id} as id from ${table} where ${place} ${only} and updated_at = now()::timestamptz(3) and ${condition} limit ${KEPT_IDS}
       ) as found order by id`,
    )
    if (rows.length > 0) changes[what] = rows.map((row) => row.id)
  }
  // Where the rows do not tell, it is known only when all of them are of one kind.
  if (created > 0 && hasCreated) await find('created', `created_at = now()::timestamptz(3)`)
  else if (created > 0 && updated === 0) await find('created', 'true')
  if (updated > 0 && hasCreated) await find('updated', `created_at < now()::timestamptz(3) and not (${isOff})`)
  else if (updated > 0 && created === 0) await find('updated', isOff && deactivated > 0 ? `not (${isOff})` : 'true')
  else if (updated > 0 && !hasCreated) await find('changed', 'true')
  if (deactivated > 0 && isOff) await find('deactivated', isOff)
  return changes
}
