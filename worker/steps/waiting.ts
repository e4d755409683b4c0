import type { Client } from 'pg'
import { rowsOf } from './step'

// What came before the thing it refers to is kept with 1C's id and without a link (COMMERCEML.md §4); here the step that
// brings the thing links it. Both return how many waiting rows were linked.

/** After the goods in latest_goods: their offers, their pictures, and the pictures of those offers. */
export async function linkToProducts(db: Client): Promise<number> {
  const variants = await rowsOf(
    db,
    `update product_variants as v set product_id = p.id, updated_at = now()
     from latest_goods as l join products as p on p.onec_id = l.id
     where v.product_onec_id = l.id and v.product_id is null`,
  )
  const pictures = await rowsOf(
    db,
    `update product_images as t set product_id = p.id, updated_at = now()
     from latest_goods as l join products as p on p.onec_id = l.id
     where t.owner_onec_id = l.id and t.named_by <> 'offer' and t.product_id is null`,
  )
  const picturesOfOffers = await rowsOf(
    db,
    `update product_images as t set product_id = v.product_id, updated_at = now()
     from latest_goods as l join product_variants as v on v.product_onec_id = l.id
     where t.owner_onec_id = v.onec_id and t.variant_id = v.id and t.product_id is null`,
  )
  return variants + pictures + picturesOfOffers
}

/** After the variants whose ids are in `table`: their prices, their stock and their pictures. */
export async function linkToVariants(db: Client, table: string): Promise<number> {
  let linked = 0
  for (const waiting of ['prices', 'stocks']) {
    linked += await rowsOf(
      db,
      `update ${waiting} as t set variant_id = v.id, updated_at = now()
       from ${table} as l join product_variants as v on v.onec_id = l.id
       where t.offer_onec_id = l.id and t.variant_id is null`,
    )
  }
  return (
    linked +
    (await rowsOf(
      db,
      // Without a variant it has no product either: the index of waiting pictures finds it.
      `update product_images as t set variant_id = v.id, product_id = v.product_id, updated_at = now()
       from ${table} as l join product_variants as v on v.onec_id = l.id
       where t.owner_onec_id = l.id and t.named_by = 'offer' and t.variant_id is null and t.product_id is null`,
    ))
  )
}
