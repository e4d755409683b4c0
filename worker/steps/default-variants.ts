import type { ApplyContext } from './step'
import { linkToProducts, linkToVariants } from './waiting'

/**
 * After the goods: links what waited for them, and gives every good without offers its one default variant,
 * with the good's own id and article (COMMERCEML.md §5, Offers). Returns how many waiting rows were linked.
 */
export async function applyDefaultVariants({ db }: ApplyContext): Promise<number> {
  const linked = await linkToProducts(db)
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
  return linked + (await linkToVariants(db, 'new_defaults'))
}
