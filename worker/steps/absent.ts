import type { Client } from 'pg'
import type { StepKind } from '@/prisma/client/enums'
import type { ContainerRecord } from '@/worker/commerceml/records'
import type { Staging } from '@/worker/staging'
import { ID, numberOf, OPTIONAL_ID, rowsOf } from './step'

// What a full export no longer mentions (COMMERCEML.md §5, Full exports): switched off, never deleted, and only within
// the classifier or catalogue that the export speaks for.

/** The classifiers and catalogues that some file of this session speaks for in full, by what it held of them. */
const FULL_SCOPES = { name: 'stage_full_scopes', columns: { holds: 'text not null', id: OPTIONAL_ID } }
/** What could not be imported was mentioned all the same: it is not gone. */
const MENTIONED = { name: 'stage_mentioned', columns: { step: 'text not null', id: ID } }

/** Where the parts of files end that hold stock, and whose they are: a row belongs to the first that ends behind it. */
const STOCK_SCOPES = { name: 'stage_stock_scopes', columns: { seq: 'int not null', id: OPTIONAL_ID } }

export const ABSENT_TABLES = [FULL_SCOPES, MENTIONED, STOCK_SCOPES]

/** To be called for every container: it has been read to its end. */
export function stageContainer({ full, holds, scopeId }: ContainerRecord, seq: number, staging: Staging): void {
  if (holds.includes('stock')) staging.put(STOCK_SCOPES.name, [seq, scopeId])
  if (!full) return
  for (const kind of holds) staging.put(FULL_SCOPES.name, [kind, scopeId])
}

export function stageMention(step: StepKind, id: string | null, staging: Staging): void {
  if (id) staging.put(MENTIONED.name, [step, id])
}

const TABLES = {
  groups: {
    table: 'categories',
    scope: 'classifier_onec_id',
    staged: 'stage_groups',
    holds: 'group',
  },
  goods: { table: 'products', scope: 'catalog_onec_id', staged: 'stage_goods', holds: 'good' },
  offers: {
    table: 'product_variants',
    scope: 'catalog_onec_id',
    staged: 'stage_offers',
    holds: 'offer',
  },
} as const

export type Complete = keyof typeof TABLES

export const COMPLETE = Object.keys(TABLES) as Complete[]

/** Active rows of the scopes that the export speaks for in full. A default variant is ours, and never mentioned. */
function activeInScope(what: Complete): string {
  const { table, scope, holds } = TABLES[what]
  return `${table} as t
    where t.is_active ${what === 'offers' ? 'and not t.is_default' : ''}
      and exists (select from stage_full_scopes as s where s.holds = '${holds}' and s.id is not distinct from t.${scope})`
}

const notMentioned = (what: Complete): string => `
  not exists (select from ${TABLES[what].staged} as m where m.id = t.onec_id)
  and not exists (select from stage_mentioned as m where m.step = '${what}' and m.id = t.onec_id)
  ${what === 'offers' ? NAMED_WITH_PRICES_OR_STOCK : ''}`

/** An element that says nothing of the offer but its price or its stock names it all the same. */
const NAMED_WITH_PRICES_OR_STOCK = `
  and not exists (select from stage_prices as m where m.offer_id = t.onec_id)
  and not exists (select from stage_stock as m where m.offer_id = t.onec_id)`

/** How many rows are active in the scopes of this session's full files, and how many of them it no longer mentions. */
export async function countAbsent(db: Client, what: Complete): Promise<{ active: number; absent: number }> {
  if ((await numberOf(db, 'select count(*) from stage_full_scopes')) === 0) return { active: 0, absent: 0 }
  const active = await numberOf(db, `select count(*) from ${activeInScope(what)}`)
  const absent = await numberOf(db, `select count(*) from ${activeInScope(what)} and ${notMentioned(what)}`)
  return { active, absent }
}

/** Switches off what is no longer mentioned; returns how many rows. */
export const deactivateAbsent = (db: Client, what: Complete): Promise<number> =>
  rowsOf(
    db,
    `update ${TABLES[what].table} as u set is_active = false, deactivated_by_import = true, updated_at = now()
     where u.id in (select t.id from ${activeInScope(what)} and ${notMentioned(what)})`,
  )

/** The catalogue of the staged row `l` of stock, as a query of one row. */
export const SCOPE_OF_STOCK = `(select s.id from stage_stock_scopes as s where s.seq > l.seq order by s.seq limit 1)`

/**
 * A full file of stock zeroes what it does not mention, within its catalogue: also what has come before its offer, or
 * that would be sold when the offer comes. Whose a row is that names no catalogue nobody knows: it stays, for 1C would
 * not send it again.
 */
export const zeroAbsentStock = (db: Client): Promise<number> =>
  rowsOf(
    db,
    `update stocks as t set quantity = 0, updated_at = now()
     where t.quantity <> 0
       and not exists (select from stage_stock as m where m.offer_id = t.offer_onec_id and m.warehouse_id = t.warehouse_onec_id)
       and not exists (select from stage_mentioned as m where m.step = 'stock' and m.id = t.offer_onec_id)
       and exists (
         select from stage_full_scopes as s
         left join product_variants as v on v.id = t.variant_id left join products as p on p.id = v.product_id
         where s.holds = 'stock'
           and (s.id is null or coalesce(v.catalog_onec_id, p.catalog_onec_id, t.catalog_onec_id) = s.id)
       )`,
  )
