import type { Client } from 'pg'
import { numberOf, rowsOf } from './step'

// A total is never added to its own parts (COMMERCEML.md §5, Stock). Within one element the reader sees to that; here it
// is a total in `offers` and its parts in `rests`, of one export or of two. A total has the warehouse ''.

const OF_WAREHOUSES = `
  select m.offer_id from stage_stock as m where m.warehouse_id <> ''`
const OF_TOTALS = `
  select m.offer_id from stage_stock as m where m.warehouse_id = ''`

/**
 * Takes away the staged totals that say nothing new: of offers whose parts are staged too, or are stored and come to
 * just that. Then zeroes what is stored and told anew in the other form. Returns how many rows each were.
 */
export async function settleTotals(db: Client): Promise<{ unchanged: number; zeroed: number }> {
  const staged = await numberOf(db, `select count(*) from (${OF_TOTALS} limit 1) as any_total`)
  const stored = await numberOf(db, `select count(*) from warehouses where onec_id = ''`)
  if (staged + stored === 0) return { unchanged: 0, zeroed: 0 }
  const besideParts = await rowsOf(
    db,
    `delete from stage_stock where warehouse_id = '' and offer_id in (${OF_WAREHOUSES})`,
  )
  const known = await rowsOf(
    db,
    `with parts as (
       select offer_onec_id, sum(quantity) as quantity from stocks
       where warehouse_onec_id <> '' and quantity <> 0 and offer_onec_id in (${OF_TOTALS})
       group by offer_onec_id
     ), known as (
       delete from stage_stock as s using parts as p
       where s.warehouse_id = '' and s.offer_id = p.offer_onec_id and s.quantity = p.quantity
       returning s.offer_id
     )
     -- A full file mentions the parts by their total.
     insert into stage_mentioned (step, id) select 'stock', offer_id from known`,
  )
  const zeroed = await rowsOf(
    db,
    `update stocks as t set quantity = 0, updated_at = now()
     where t.quantity <> 0
       and case when t.warehouse_onec_id = '' then t.offer_onec_id in (${OF_WAREHOUSES})
         else t.offer_onec_id in (${OF_TOTALS}) end`,
  )
  return { unchanged: besideParts + known, zeroed }
}
