import { type ApplyContext, rowsOf } from './step'

/**
 * After the goods: links what waited for them, and gives every good without offers its one default variant,
 * with the good's own id and article (COMMERCEML.md §5, Offers). Returns how many waiting rows were linked.
 */
export async function applyDefaultVariants({ db }: ApplyContext): Promise<number> {
  const variants = await rowsOf(
    db,
    `update product_variants as v set product_id = p.id, updated_at = now()
     from latest_goods as l join products as p on p.onec_id = l.id
     where v.product_onec_id = l.id and v.product_id is null`,
  )
  await db.query(`
    update product_variants as v
    set (name, article, barcode) = (l.name, l.article, l.barcode), updated_at = now()
    from latest_goods as l
    where v.onec_id = l.id and v.is_default and (v.name, v.article, v.barcode) is distinct from (l.name, l.article, l.barcode)`)
  await db.query(`
    create temporary table new_defaults on commit drop as
    select l.id from latest_goods as l
    where not exists (select from product_variants as v where v.product_onec_id = l.id)
      and not exists (select from stage_offers as o where o.product_id = l.id)`)
  await db.query(`
    insert into product_variants (onec_id, product_onec_id, product_id, name, article, barcode, is_default)
    select l.id, l.id, p.id, l.name, l.article, l.barcode, true
    from new_defaults join latest_goods as l using (id) join products as p on p.onec_id = l.id
    order by l.id`)
  return variants + (await linkPricesAndStock({ db }, 'new_defaults'))
}

/** Prices and stock that came before their offer: those of the offers whose ids are in `table`. */
export async function linkPricesAndStock({ db }: Pick<ApplyContext, 'db'>, table: string): Promise<number> {
  let linked = 0
  for (const waiting of ['prices', 'stocks']) {
    linked += await rowsOf(
      db,
      `update ${waiting} as t set variant_id = v.id, updated_at = now()
       from ${table} as l join product_variants as v on v.onec_id = l.id
       where t.offer_onec_id = l.id and t.variant_id is null`,
    )
  }
  return linked
}
