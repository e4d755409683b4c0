import { replaceParts } from './parts'
import { type ApplyContext, ID } from './step'

// What hangs on a product: its categories and its attribute values.

export const GOOD_GROUPS = {
  name: 'stage_good_groups',
  columns: { good_seq: 'int not null', position: 'smallint not null', group_id: ID },
}
export const GOOD_PROPERTIES = {
  name: 'stage_good_properties',
  columns: {
    good_seq: 'int not null',
    property_id: ID,
    position: 'smallint not null',
    value: 'text not null',
    number: 'numeric(20, 6)',
  },
}

const OF_PRODUCTS = {
  owner: 'product_id',
  ownerTable: 'products',
  latest: 'latest_goods',
  changed: 'changed_products',
} as const

/** Every group that a good names. A good that says nothing of groups keeps its own. */
export async function applyGoodCategories(context: ApplyContext): Promise<void> {
  await context.db.query(`
    create temporary table target_categories on commit drop as
    select p.id as product_id, g.group_id as category_onec_id, c.id as category_id, g.position
    from latest_goods as l
    join products as p on p.onec_id = l.id
    join stage_good_groups as g on g.good_seq = l.seq
    left join categories as c on c.onec_id = g.group_id`)
  await replaceParts(context, {
    ...OF_PRODUCTS,
    table: 'product_categories',
    target: 'target_categories',
    key: ['product_id', 'category_onec_id'],
    values: ['category_id', 'position'],
    mentioned: 'l.has_groups',
  })
}

/** Every value that a good gives to a property. A good that says nothing of properties keeps its own. */
export async function applyGoodProperties(context: ApplyContext): Promise<void> {
  const { db, problems } = context
  await db.query(`
    create temporary table target_attributes on commit drop as
    select p.id as product_id, gp.property_id as property_onec_id, gp.position, gp.value,
      i.attribute_id, vi.attribute_value_id, case when i.type = 'number' then gp.number end as number,
      i.type, l.file, l.line, l.id as good_id
    from latest_goods as l
    join products as p on p.onec_id = l.id
    join stage_good_properties as gp on gp.good_seq = l.seq
    left join attribute_ids as i on i.onec_id = gp.property_id
    left join attribute_value_ids as vi on vi.property_onec_id = gp.property_id and vi.onec_id = gp.value`)
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'ЗначенияСвойств' },
    `select file, line, good_id as external_id, coalesce(value, '') as detail from target_attributes
     where attribute_id is null or (type = 'reference' and attribute_value_id is null)`,
    (value) => ({ key: 'goodWithoutValue', values: { value: value.slice(0, 60) } }),
  )
  await replaceParts(context, {
    ...OF_PRODUCTS,
    table: 'product_attributes',
    target: 'target_attributes',
    key: ['product_id', 'property_onec_id', 'position'],
    values: ['value', 'attribute_id', 'attribute_value_id', 'number'],
    mentioned: 'l.has_properties',
  })
}
