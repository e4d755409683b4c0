import { query } from '@/tests/setup/imports'

// What an import left in the catalogue's tables, told in 1C's ids only: two databases that were filled on different ways
// are equal when these are. Left out is what tells the way: serial ids, times, and the order of first appearance (slugs,
// positions, which of several spellings a merged name has).

const QUERIES = {
  categories: `
    select c.onec_id, c.name, c.description, p.onec_id as parent, c.is_active, c.deactivated_by_import, c.classifier_onec_id
    from categories as c left join categories as p on p.id = c.parent_id
    where c.onec_id <> 'obmen:hidden'`,
  brands: `select i.onec_id, i.name, b.name_key from brand_ids as i left join brands as b on b.id = i.brand_id`,
  properties: `
    select i.onec_id, i.name, i.type, a.name_key, a.type as attribute_type, a.is_active
    from attribute_ids as i join attributes as a on a.id = i.attribute_id`,
  values: `
    select i.property_onec_id, i.onec_id, i.value, v.value_key, a.name_key
    from attribute_value_ids as i join attribute_values as v on v.id = i.attribute_value_id
    join attributes as a on a.id = v.attribute_id`,
  priceTypes: `select onec_id, name, currency, is_active, deactivated_by_import from price_types`,
  warehouses: `select onec_id, name, is_active, deactivated_by_import from warehouses`,
  products: `
    select p.onec_id, p.name, p.article, p.description, p.barcode, p.unit, p.country, p.manufacturer, p.vat_rate, p.brand_ref,
      b.name_key as brand, p.category_onec_id, c.onec_id as category, p.catalog_onec_id, p.requisites, p.is_active, p.deactivated_by_import
    from products as p left join brands as b on b.id = p.brand_id left join categories as c on c.id = p.category_id`,
  productCategories: `
    select p.onec_id, pc.category_onec_id, c.onec_id as category, pc.position
    from product_categories as pc join products as p on p.id = pc.product_id left join categories as c on c.id = pc.category_id`,
  productAttributes: `
    select p.onec_id, pa.property_onec_id, pa.position, pa.value, pa.number, a.name_key, v.value_key
    from product_attributes as pa join products as p on p.id = pa.product_id
    left join attributes as a on a.id = pa.attribute_id left join attribute_values as v on v.id = pa.attribute_value_id`,
  // A default variant that real ones replaced is as good as gone.
  variants: `
    select v.onec_id, v.product_onec_id, p.onec_id as product, v.name, v.article, v.barcode, v.color, v.size, v.is_child_size,
      v.is_default, v.is_active, v.deactivated_by_import, v.catalog_onec_id
    from product_variants as v left join products as p on p.id = v.product_id
    where v.is_active or not v.is_default`,
  characteristics: `
    select v.onec_id, va.position, a.name_key, va.value
    from variant_attributes as va join product_variants as v on v.id = va.variant_id join attributes as a on a.id = va.attribute_id`,
  prices: `
    select x.offer_onec_id, x.price_type_onec_id, x.min_quantity, x.value, x.currency, x.unit, x.ratio,
      v.onec_id as variant, t.onec_id as price_type
    from prices as x left join product_variants as v on v.id = x.variant_id and (v.is_active or not v.is_default)
    left join price_types as t on t.id = x.price_type_id`,
  stocks: `
    select x.offer_onec_id, x.warehouse_onec_id, x.quantity, v.onec_id as variant, w.onec_id as warehouse
    from stocks as x left join product_variants as v on v.id = x.variant_id and (v.is_active or not v.is_default)
    left join warehouses as w on w.id = x.warehouse_id`,
  customers: `select onec_id, kind, name, full_name, inn, kpp, email, phone, address, is_active, deactivated_by_import from customers`,
}

/** Every row of the catalogue, by table, as 1C's ids tell it. */
export async function tables(): Promise<Record<string, string[]>> {
  const sets = Object.entries(QUERIES).map(
    ([name, sql]) => `select '${name}' as name, to_jsonb(t)::text as row from (${sql}) as t`,
  )
  const rows = await query<{ name: string; row: string }>(`${sets.join(' union all ')} order by 1, 2`)
  const found: Record<string, string[]> = Object.fromEntries(Object.keys(QUERIES).map((name) => [name, []]))
  for (const { name, row } of rows) found[name]?.push(row)
  return found
}
