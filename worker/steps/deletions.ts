import type { Client } from 'pg'
import type { StepKind } from '@/prisma/client/enums'
import type { DeletionRecord } from '@/worker/commerceml/records'
import type { Staging } from '@/worker/staging'
import { ID, numberOf, rowsOf } from './step'

// A deletion mark may come alone, with an id and nothing else (COMMERCEML.md §2): it switches the row off and leaves the
// rest of it as it is. One that comes with a whole record is the step's own (./activity.ts).

const TABLE = { name: 'stage_deletions', columns: { step: 'text not null', id: ID } }

export const DELETION_TABLES = [TABLE]

export const stageDeletion = (step: StepKind, { id }: DeletionRecord, staging: Staging): void =>
  staging.put(TABLE.name, [step, id])

const MARKED: Partial<Record<StepKind, string>> = {
  groups: 'categories',
  price_types: 'price_types',
  warehouses: 'warehouses',
  goods: 'products',
  offers: 'product_variants',
  customers: 'customers',
}

/** Switches off what is marked; returns how many marks changed something, and how many did not. */
export async function applyDeletions(db: Client, step: StepKind): Promise<{ updated: number; unchanged: number }> {
  const table = MARKED[step]
  const marks = table ? await numberOf(db, `select count(*) from stage_deletions where step = '${step}'`) : 0
  if (!table || marks === 0) return { updated: 0, unchanged: 0 }
  const updated = await rowsOf(
    db,
    `update ${table} set is_active = false, deactivated_by_import = true, updated_at = now()
     where is_active and onec_id in (select id from stage_deletions where step = '${step}')`,
  )
  return { updated, unchanged: marks - updated }
}
