import { HIDDEN_CATEGORY } from '@/lib/catalog/hidden-category'
import type { GoodRecord } from '@/worker/commerceml/records'
import { nameKey } from '@/worker/commerceml/values'
import { deactivateAbsent } from './absent'
import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
import { BRAND_ATTRIBUTE, BRAND_NAMES, ensureBrands } from './brands'
import { applyDefaultVariants } from './default-variants'
import { applyGoodCategories, applyGoodProperties, GOOD_GROUPS, GOOD_PROPERTIES } from './good-parts'
import { takeLatest } from './latest'
import { type ApplyContext, ID, NOTHING, numberOf, OPTIONAL_ID, ORIGIN_COLUMNS, rowsOf, type Step } from './step'
import { applyUnits, UNIT_TABLES } from './units'

const TABLE = {
  name: 'stage_goods',
  columns: {
    ...ORIGIN_COLUMNS,
    id: ID,
    name: 'text not null',
    article: 'text',
    description: 'text',
    barcode: 'text',
    unit: 'text',
    country: 'text',
    manufacturer: 'text',
    vat_rate: 'numeric(5, 2)',
    group_id: OPTIONAL_ID,
    has_groups: 'boolean not null',
    has_properties: 'boolean not null',
    maker_ref: OPTIONAL_ID,
    maker_name: 'text',
    requisites: 'jsonb not null',
    deleted: 'boolean not null',
    scope_id: OPTIONAL_ID,
  },
}

/** The columns of products that follow 1C as they are. */
const FIELDS = [
  'name',
  'article',
  'description',
  'barcode',
  'unit',
  'country',
  'manufacturer',
  'vat_rate',
  'requisites',
]

/** Goods → products with their categories, attributes, brand and default variant (COMMERCEML.md §5, Goods). */
export const goods: Step = {
  kind: 'goods',
  records: ['good'],
  tables: [TABLE, GOOD_GROUPS, GOOD_PROPERTIES, ...UNIT_TABLES],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'good') return
    const { line, id, name, article, description, barcode, unit, country, vatRate, groupIds, properties } = record
    const maker = makerOf(record)
    staging.put(TABLE.name, [
      ...[
        seq,
        file,
        line,
        id,
        name,
        article,
        description,
        barcode,
        unit,
        country,
        record.manufacturer?.name ?? null,
        vatRate,
      ],
      ...[groupIds?.[0] ?? null, groupIds !== null, properties !== null, maker?.ref ?? null, maker?.name ?? null],
      ...[JSON.stringify(record.requisites), record.deleted, record.scopeId],
    ])
    for (const [position, groupId] of (groupIds ?? []).entries())
      staging.put(GOOD_GROUPS.name, [seq, position, groupId])
    const places = new Map<string, number>()
    for (const { propertyId, value, number } of properties ?? []) {
      const position = places.get(propertyId) ?? 0
      places.set(propertyId, position + 1)
      staging.put(GOOD_PROPERTIES.name, [seq, propertyId, position, value, number])
    }
  },

  async apply(context) {
    const { db } = context
    await applyUnits(db)
    const brandAttribute = (await db.query<{ id: number }>(BRAND_ATTRIBUTE)).rows[0]?.id
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: TABLE.name,
      latest: 'latest_goods',
      key: ['id'],
      values: [...FIELDS, 'group_id', 'maker_ref', 'deleted'],
      externalId: 'id',
      // Here, and not by updates: a good is a long row, and every update writes it anew.
      found: brandAttribute === undefined ? CATEGORY_AND_MAKER : categoryAndBrand(brandAttribute),
    })
    await resolveBrands(context, brandAttribute)
    await resolveCategories(context)
    let deactivated = await countDeactivated(db, 'products', 'latest_goods')
    await db.query(
      `create temporary table changed_products (id int primary key, created boolean not null) on commit drop`,
    )
    await updateChanged(context)
    await insertNew(context)
    await applyGoodCategories(context)
    await applyGoodProperties(context)
    const linked = await applyDefaultVariants(context)
    const created = await numberOf(db, `select count(*) from changed_products where created`)
    // What changed only around a product moves its time too.
    const updated = await rowsOf(
      db,
      `update products as p set updated_at = now() from changed_products as c where c.id = p.id and not c.created`,
    )
    deactivated += await deactivateAbsent(db, 'goods')
    const unchanged = distinct - created - updated + repeated
    return { ...NOTHING, created, updated, unchanged, skipped: superseded, deactivated, linked }
  },
}

/** Who made the good, where no property says its brand: `Изготовитель`, or else a requisite of a brand's name. */
function makerOf({ manufacturer, requisites }: GoodRecord): { ref: string; name: string | null } | null {
  if (manufacturer) {
    // A name in place of an id is kept as far as an id may be long.
    const ref = manufacturer.id ?? manufacturer.name?.slice(0, 255)
    return ref ? { ref, name: manufacturer.name } : null
  }
  for (const name of [...BRAND_NAMES, 'изготовитель']) {
    const found = Object.entries(requisites).find(([key]) => nameKey(key) === name)
    const value = Array.isArray(found?.[1]) ? found[1][0] : found?.[1]
    if (value) return { ref: value.slice(0, 255), name: value }
  }
  return null
}

/** The good's category and its brand. The first of the brand's sources that exists at all counts. */
const CATEGORY_AND_MAKER = {
  columns: 'c.id as category_id, s.maker_ref as brand_ref, true as says_brand',
  joins: 'left join categories as c on c.onec_id = s.group_id',
}

const categoryAndBrand = (attribute: number) => ({
  columns: `c.id as category_id, left(said.value, 255) collate "C" as brand_ref, s.has_properties as says_brand`,
  // A good may have values of two properties of that name: the same of them every time.
  joins: `
    left join categories as c on c.onec_id = s.group_id
    left join (
      select distinct on (gp.good_seq) gp.good_seq, gp.value
      from stage_good_properties as gp join attribute_ids as i on i.onec_id = gp.property_id
      where i.attribute_id = ${attribute} and gp.position = 0
      order by gp.good_seq, gp.property_id
    ) as said on said.good_seq = s.seq`,
})

/** Makes the brands that goods name, and reports those that are not known. */
async function resolveBrands({ db, problems }: ApplyContext, attribute: number | undefined): Promise<void> {
  // A name in place of an id makes the brand itself.
  const names =
    attribute !== undefined
      ? `select distinct on (l.brand_ref) l.brand_ref as ref, l.brand_ref as name
       from latest_goods as l join attributes as a on a.id = ${attribute} and a.type <> 'reference'
       where l.brand_ref is not null and not exists (select from brand_ids where onec_id = l.brand_ref)`
      : `select d.ref, d.name
       from (
         select distinct on (l.brand_ref) l.brand_ref as ref, l.maker_name as name from latest_goods as l
         where l.brand_ref is not null and l.maker_name is not null
         order by l.brand_ref, l.seq desc
       ) as d
       left join brand_ids as b on b.onec_id = d.ref
       where b.name is distinct from d.name
       order by d.ref`
  await ensureBrands(db, (await db.query<{ ref: string; name: string }>(names)).rows)
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'Бренд' },
    `select l.file, l.line, l.id as external_id, l.brand_ref as detail from latest_goods as l
     where l.brand_ref is not null and not exists (select from brand_ids where onec_id = l.brand_ref)`,
    (brand) => ({ key: 'goodWithoutBrand', values: { brand } }),
  )
}

/** Adds category_id to latest_goods: that of the first group that is known, or the hidden one. */
async function resolveCategories({ db, problems }: ApplyContext): Promise<void> {
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'Группы' },
    `select l.file, l.line, l.id as external_id, g.group_id as detail
     from latest_goods as l join stage_good_groups as g on g.good_seq = l.seq
     where not exists (select from categories where onec_id = g.group_id)`,
    (group) => ({ key: 'goodWithoutGroup', values: { group } }),
  )
  await db.query(`
    update latest_goods as l set category_id = known.category_id
    from (
      select distinct on (g.good_seq) g.good_seq, c.id as category_id
      from stage_good_groups as g join categories as c on c.onec_id = g.group_id
      where g.good_seq in (select seq from latest_goods where category_id is null)
      order by g.good_seq, g.position
    ) as known
    where known.good_seq = l.seq`)
  const homeless = await numberOf(db, `select count(*) from latest_goods where has_groups and category_id is null`)
  const groupless = await numberOf(
    db,
    `select count(*) from latest_goods as l where not has_groups and not exists (select from products where onec_id = l.id)`,
  )
  if (homeless + groupless === 0) return
  await db.query(
    `insert into categories (onec_id, name, slug, position, is_active) values ($1, 'Без категории', $1, 0, false) on conflict do nothing`,
    [HIDDEN_CATEGORY],
  )
  await db.query(
    `update latest_goods set category_id = (select id from categories where onec_id = $1) where category_id is null`,
    [HIDDEN_CATEGORY],
  )
}

async function updateChanged({ db }: ApplyContext): Promise<void> {
  const target = FIELDS.map((field) => `l.${field}`).join(', ')
  const current = FIELDS.map((field) => `t.${field}`).join(', ')
  await db.query(`
    with changed as (
      update products as t
      set (${FIELDS.join(', ')}, catalog_onec_id, brand_ref, brand_id, category_onec_id, category_id, is_active, deactivated_by_import) =
          (${FIELDS.map((field) => `n.${field}`).join(', ')}, n.scope, n.brand_ref, n.brand_id, n.category_onec_id, n.category_id, n.is_active, n.deactivated)
      from (
        select t.id as product_id, ${target}, coalesce(l.scope_id, t.catalog_onec_id) as scope, activity.*,
          -- A good that says nothing of properties keeps its brand; one that says nothing of groups stays where it is.
          case when l.says_brand then l.brand_ref else t.brand_ref end as brand_ref,
          case when l.says_brand then b.brand_id else t.brand_id end as brand_id,
          case when l.has_groups then l.group_id else t.category_onec_id end as category_onec_id,
          case when l.has_groups then l.category_id else t.category_id end as category_id
        from latest_goods as l join products as t on t.onec_id = l.id
        left join brand_ids as b on b.onec_id = l.brand_ref
        cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated)
      ) as n
      where t.id = n.product_id
        and (${current}, t.catalog_onec_id, t.brand_ref, t.brand_id, t.category_onec_id, t.category_id, t.is_active, t.deactivated_by_import)
          is distinct from
            (${FIELDS.map((field) => `n.${field}`).join(', ')}, n.scope, n.brand_ref, n.brand_id, n.category_onec_id, n.category_id, n.is_active, n.deactivated)
      returning t.id
    )
    insert into changed_products select id, false from changed`)
}

async function insertNew({ db }: ApplyContext): Promise<void> {
  await db.query(`
    with created as (
      insert into products
        (onec_id, ${FIELDS.join(', ')}, catalog_onec_id, brand_ref, brand_id, category_onec_id, category_id, is_active, deactivated_by_import)
      select l.id, ${FIELDS.map((field) => `l.${field}`).join(', ')}, l.scope_id, l.brand_ref, b.brand_id, l.group_id, l.category_id, not l.deleted, l.deleted
      from latest_goods as l left join brand_ids as b on b.onec_id = l.brand_ref
      where not exists (select from products where onec_id = l.id)
      order by l.id
      returning id
    )
    insert into changed_products select id, true from created`)
}
