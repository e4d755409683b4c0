import type { Client } from 'pg'
import { brandKey, isNoBrand } from '@/worker/commerceml/values'
import { rowsOf } from './step'

// Brands (COMMERCEML.md §5): merged by name; every id of 1C, or name where there is no id, keeps its row in brand_ids.
//
// «First hit wins» is decided once for the dictionary, not for each good: the first of the sources that exists at all gives
// it, and goods that say nothing of that source have no brand. In real exports `Изготовитель` is a factory beside the
// property «Бренд»; a good without a brand would get the factory's name and address for one. The factory is kept as the
// good's manufacturer all the same.

/** Names of the property, or else the requisite, that says a good's brand; the first that exists counts. */
export const BRAND_NAMES = ['бренд', 'производитель', 'торговая марка'] as const

const RANKS = BRAND_NAMES.map((name, rank) => `('${name}', ${rank})`).join(', ')

/** The attribute that says a good's brand, as a query of one row or none: id. */
export const BRAND_ATTRIBUTE = `
  select a.id from attributes as a
  left join (values ${RANKS}) as names(name_key, rank) using (name_key)
  -- An attribute that only offers' characteristics made is nothing that goods could say.
  where exists (
    select from attribute_ids as i where i.attribute_id = a.id and (names.rank is not null or i.onec_id = 'Бренд')
  )
  -- The literal id comes behind the name «Бренд», and before the other names.
  order by case
    when names.rank = 0 then 0
    when exists (select from attribute_ids as i where i.attribute_id = a.id and i.onec_id = 'Бренд') then 1
    else 1 + names.rank
  end
  limit 1`

/** Makes brands of the values of the brand property; returns how many earlier goods found their brand by it. */
export async function linkBrandDictionary(db: Client): Promise<number> {
  // One id may stand in several properties, with another text in each: the same of them every time, whatever is stored.
  const { rows } = await db.query<{ ref: string; name: string }>(`
    select d.ref, d.name
    from (
      select distinct on (vi.onec_id) vi.onec_id as ref, vi.value as name
      from attribute_ids as i join attribute_value_ids as vi on vi.property_onec_id = i.onec_id
      where i.attribute_id = (${BRAND_ATTRIBUTE})
      order by vi.onec_id, vi.property_onec_id
    ) as d
    left join brand_ids as b on b.onec_id = d.ref
    where b.name is distinct from d.name
    order by d.ref`)
  return ensureBrands(db, rows)
}

/** Goods that gave a value to the brand's property before it was known to be that; returns how many there were. */
export async function linkEarlierBrands(db: Client): Promise<number> {
  // A good may have values of two properties of that name: the same of them every time, as in goods.ts.
  const said = `
    select distinct on (pa.product_id) pa.product_id, left(pa.value, 255) as ref
    from product_attributes as pa
    where pa.attribute_id = (${BRAND_ATTRIBUTE}) and pa.position = 0
    order by pa.product_id, pa.property_onec_id`
  const changed = `(${said}) as said join products as p on p.id = said.product_id where p.brand_ref is distinct from said.ref`
  const { rows } = await db.query<{ ref: string; name: string }>(
    `select distinct said.ref, said.ref as name
     from ${changed} and exists (select from (${BRAND_ATTRIBUTE}) as b join attributes as a using (id) where a.type <> 'reference')`,
  )
  await ensureBrands(db, rows)
  return rowsOf(
    db,
    `update products as t set brand_ref = n.ref, brand_id = i.brand_id, updated_at = now()
     from (select said.product_id, said.ref from ${changed}) as n left join brand_ids as i on i.onec_id = n.ref
     where t.id = n.product_id`,
  )
}

/** Makes or renames the brands of these references; returns how many goods were linked anew because of it. */
export async function ensureBrands(db: Client, references: readonly { ref: string; name: string }[]): Promise<number> {
  if (references.length === 0) return 0
  const given = references.map(({ ref, name }) => ({ ref, name, key: isNoBrand(name) ? null : brandKey(name) }))
  await db.query(
    `create temporary table if not exists given_brands (place serial, ref text collate "C", name text, key text) on commit drop`,
  )
  await db.query(`truncate given_brands`)
  await db.query(
    `insert into given_brands (ref, name, key) select ref, name, key from json_to_recordset($1) as g(ref text, name text, key text)`,
    [JSON.stringify(given)],
  )
  // Renamed in place when all of the brand's ids take one new name that is free.
  await db.query(`
    update brands as t set name = n.name, name_key = n.key, updated_at = now()
    from (
      select distinct on (n.key) n.* from (
        select i.brand_id, min(g.key) as key, (array_agg(g.name order by g.place))[1] as name
        from brand_ids as i left join given_brands as g on g.ref = i.onec_id
        where i.brand_id is not null
        group by i.brand_id
        having count(*) = count(g.key) and min(g.key) = max(g.key)
      ) as n
      where not exists (select from brands where name_key = n.key and id <> n.brand_id)
      order by n.key, n.brand_id
    ) as n
    where t.id = n.brand_id`)
  await db.query(`
    insert into brands (name, name_key)
    select distinct on (key) name, key from given_brands as g
    where key is not null and not exists (select from brands where name_key = g.key)
    order by key, place`)
  await db.query(`
    insert into brand_ids (onec_id, brand_id, name)
    select g.ref, b.id, g.name from given_brands as g left join brands as b on b.name_key = g.key
    on conflict (onec_id) do update set brand_id = excluded.brand_id, name = excluded.name, updated_at = now()`)
  return rowsOf(
    db,
    `update products as p set brand_id = i.brand_id, updated_at = now()
     from given_brands as g join brand_ids as i on i.onec_id = g.ref
     where p.brand_ref = g.ref and p.brand_id is distinct from i.brand_id`,
  )
}
