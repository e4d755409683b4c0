import type { Client } from 'pg'
import { type ApplyContext, rowsOf } from './step'
import { linkToProducts, linkToVariants } from './waiting'

// A good without offers gets one default variant, with its own id and article; it is retired when real variants come, and
// is back when the last of them is gone (COMMERCEML.md §5, Offers).

/** A real variant of the product `l.id` that is sold, or was switched off by an operator only. */
const HAS_VARIANTS = `
  exists (
    select from product_variants as real
    where real.product_onec_id = l.id and not real.is_default and (real.is_active or not real.deactivated_by_import)
  )`

/** One that is only now coming: the offers are applied after the goods. */
const GETS_VARIANTS = `exists (select from stage_offers as o where o.product_id = l.id and not o.deleted)`

/** After the goods: links what waited for them. Returns how many waiting rows were linked. */
export async function applyDefaultVariants({ db }: ApplyContext): Promise<number> {
  const linked = await linkToProducts(db)
  await db.query(`
    update product_variants as v
    set (name, article, barcode) = (l.name, l.article, l.barcode), updated_at = now()
    from latest_goods as l
    where v.onec_id = l.id and v.is_default and (v.name, v.article, v.barcode) is distinct from (l.name, l.article, l.barcode)`)
  return (
    linked +
    (await addDefaults(db, `select l.id from latest_goods as l where not (${HAS_VARIANTS} or ${GETS_VARIANTS})`))
  )
}

/** After the offers: retires and brings back the default variants of their goods. Returns how many were retired. */
export async function settleDefaultVariants({ db }: ApplyContext): Promise<number> {
  const retired = await rowsOf(
    db,
    `update product_variants as t set is_active = false, deactivated_by_import = true, updated_at = now()
     from (select distinct product_id as id from latest_offers) as l
     where t.product_onec_id = l.id and t.is_default and t.is_active and ${HAS_VARIANTS}`,
  )
  await addDefaults(
    db,
    `select distinct l.id from (select product_id as id from latest_offers where deleted) as l where not ${HAS_VARIANTS}`,
  )
  return retired
}

/** After a full export, or marks alone, switched variants off: some goods may have none left. */
export const replaceAbsentVariants = (db: Client): Promise<number> =>
  addDefaults(
    db,
    `select distinct l.id from (select product_onec_id as id from product_variants where deactivated_by_import and not is_default) as l
     where not ${HAS_VARIANTS}`,
  )

/** Gives the goods of `ids` their default variant, new or retired before; returns how many prices and stock rows it got. */
async function addDefaults(db: Client, ids: string): Promise<number> {
  await db.query(`create temporary table lacking on commit drop as ${ids}`)
  await db.query(`
    update product_variants as v set is_active = true, deactivated_by_import = false, updated_at = now()
    from lacking as l where v.onec_id = l.id and v.is_default and v.deactivated_by_import`)
  await db.query(`create temporary table new_defaults (id text collate "C") on commit drop`)
  await db.query(`
    with added as (
      insert into product_variants (onec_id, product_onec_id, product_id, name, article, barcode, is_default)
      select p.onec_id, p.onec_id, p.id, p.name, p.article, p.barcode, true
      from lacking as l join products as p on p.onec_id = l.id
      where not exists (select from product_variants as v where v.onec_id = l.id)
      order by p.onec_id
      returning onec_id
    )
    insert into new_defaults select onec_id from added`)
  const linked = await linkToVariants(db, 'new_defaults')
  await db.query(`drop table lacking, new_defaults`)
  return linked
}
