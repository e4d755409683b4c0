import type { Client } from 'pg'
import type { StepKind } from '@/prisma/client/enums'
import type { DeletionRecord } from '@/worker/commerceml/records'
import type { Staging } from '@/worker/staging'
import { replaceAbsentVariants } from './default-variants'
import { ID, numberOf, rowsOf } from './step'

// A deletion mark may come alone, with an id and nothing else (COMMERCEML.md §2): it switches the row off and leaves the
// rest of it as it is. One that comes with a whole record is the step's own (./activity.ts).

const TABLE = { name: 'stage_deletions', columns: { step: 'text not null', seq: 'int not null', id: ID } }

export const DELETION_TABLES = [TABLE]

export const stageDeletion = (step: StepKind, { id }: DeletionRecord, seq: number, staging: Staging): void =>
  staging.put(TABLE.name, [step, seq, id])

/** The ids that are marked, but for those that a later record describes again: the last one counts. */
export const markedAlone = (step: StepKind, staged: string): string => `
  select d.id from stage_deletions as d
  where d.step = '${step}' and not exists (select from ${staged} as s where s.id = d.id and s.seq >= d.seq)`

const MARKED: Partial<Record<StepKind, { table: string; staged: string }>> = {
  groups: { table: 'categories', staged: 'stage_groups' },
  price_types: { table: 'price_types', staged: 'stage_price_types' },
  warehouses: { table: 'warehouses', staged: 'stage_warehouses' },
  goods: { table: 'products', staged: 'stage_goods' },
  offers: { table: 'product_variants', staged: 'stage_offers' },
  customers: { table: 'customers', staged: 'stage_customers' },
}

/** Switches off what is marked; returns how many marks changed something, and how many did not. */
export async function applyDeletions(db: Client, step: StepKind): Promise<{ updated: number; unchanged: number }> {
  const marked = MARKED[step]
  const marks = marked ? await numberOf(db, `select count(*) from stage_deletions where step = '${step}'`) : 0
  if (!marked || marks === 0) return { updated: 0, unchanged: 0 }
  const updated = await rowsOf(
    db,
    `update ${marked.table} set is_active = false, deactivated_by_import = true, updated_at = now()
     where is_active and onec_id in (${markedAlone(step, marked.staged)})`,
  )
  if (step === 'offers' && updated > 0) await replaceAbsentVariants(db)
  return { updated, unchanged: marks - updated }
}
