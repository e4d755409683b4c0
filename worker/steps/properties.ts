import { nameKey, valueKey } from '@/worker/commerceml/values'
import { linkBrandDictionary, linkEarlierBrands } from './brands'
import { markedAlone } from './deletions'
import { takeLatest } from './latest'
import {
  type ApplyContext,
  ID,
  NOTHING,
  numberOf,
  OPTIONAL_ID,
  ORIGIN_COLUMNS,
  rowsOf,
  type Step,
  type StepCounts,
} from './step'

const PROPERTIES = {
  name: 'stage_properties',
  columns: {
    ...ORIGIN_COLUMNS,
    id: ID,
    name: 'text not null',
    name_key: 'text not null',
    type: 'attribute_type not null',
    deleted: 'boolean not null',
  },
}
const VALUES = {
  name: 'stage_property_values',
  columns: {
    ...ORIGIN_COLUMNS,
    property_seq: 'int not null',
    property_id: OPTIONAL_ID,
    id: ID,
    value: 'text not null',
    value_key: 'text not null',
  },
}

/**
 * Properties → attributes and their values, many ids of 1C to one row of the same name; and the brands
 * (COMMERCEML.md §5, Properties, Brands).
 */
export const properties: Step = {
  kind: 'properties',
  records: ['property', 'propertyValue'],
  tables: [PROPERTIES, VALUES],

  stage(record, { seq, fileOffset, file }, staging) {
    if (record.kind === 'property') {
      const { id, name, type, deleted, line } = record
      staging.put(PROPERTIES.name, [record.seq + fileOffset, file, line, id, name, nameKey(name), type, deleted])
    } else if (record.kind === 'propertyValue') {
      const { propertySeq, id, value, line } = record
      staging.put(VALUES.name, [seq, file, line, propertySeq + fileOffset, null, id, value, valueKey(value)])
    }
  },

  async apply(context): Promise<StepCounts> {
    const attributes = await applyAttributes(context)
    const values = await applyValues(context)
    const linked = (await linkBrandDictionary(context.db)) + (await linkGoods(context))
    const deactivated = await settleActivity(context)
    return {
      ...NOTHING,
      created: attributes.created + values.created,
      updated: attributes.updated + values.updated,
      unchanged: attributes.unchanged + values.unchanged,
      skipped: attributes.skipped + values.skipped,
      deactivated,
      linked,
    }
  },
}

async function applyAttributes(context: ApplyContext) {
  const { db } = context
  const { distinct, repeated, superseded } = await takeLatest(context, {
    staged: PROPERTIES.name,
    latest: 'latest_properties',
    key: ['id'],
    values: ['name', 'type', 'deleted'],
    externalId: 'id',
  })
  // A property is renamed in place when all of its attribute's ids take one new name that is free.
  await db.query(`
    update attributes as t set name = n.name, name_key = n.name_key, updated_at = now()
    from (
      select distinct on (n.name_key) n.* from (
        select i.attribute_id, min(l.name_key) as name_key, (array_agg(l.name order by l.seq))[1] as name
        from attribute_ids as i left join latest_properties as l on l.id = i.onec_id
        group by i.attribute_id
        having count(*) = count(l.id) and min(l.name_key) = max(l.name_key)
      ) as n
      where not exists (select from attributes where name_key = n.name_key)
      order by n.name_key, n.attribute_id
    ) as n
    where t.id = n.attribute_id`)
  await db.query(`
    insert into attributes (name, name_key, type)
    select distinct on (l.name_key) l.name, l.name_key, l.type from latest_properties as l
    where not exists (select from attributes where name_key = l.name_key)
    order by l.name_key, l.seq`)
  // The same name in another spelling: the attribute takes the spelling that changed last.
  await db.query(`
    update attributes as t set name = n.name, updated_at = now()
    from (
      select distinct on (l.name_key) l.name_key, l.name
      from latest_properties as l join attribute_ids as i on i.onec_id = l.id and i.name <> l.name
      order by l.name_key, l.seq desc
    ) as n
    where t.name_key = n.name_key and t.name <> n.name`)
  await moveToOtherAttribute(context)
  await db.query(`
    create temporary table retyped_properties on commit drop as
    select l.id from latest_properties as l join attribute_ids as i on i.onec_id = l.id and i.type <> l.type`)
  const updated = await rowsOf(
    db,
    `update attribute_ids as t set attribute_id = a.id, name = l.name, type = l.type, is_deleted = l.deleted, updated_at = now()
     from latest_properties as l join attributes as a on a.name_key = l.name_key
     where t.onec_id = l.id and (t.attribute_id, t.name, t.type, t.is_deleted) is distinct from (a.id, l.name, l.type, l.deleted)`,
  )
  const created = await rowsOf(
    db,
    `insert into attribute_ids (onec_id, attribute_id, name, type, is_deleted)
     select l.id, a.id, l.name, l.type, l.deleted from latest_properties as l join attributes as a on a.name_key = l.name_key
     where not exists (select from attribute_ids where onec_id = l.id)`,
  )
  await db.query(`
    update product_attributes as t set number = ${NUMBER_OF_VALUE}
    from retyped_properties as l join attribute_ids as i on i.onec_id = l.id
    where t.property_onec_id = l.id and t.number is distinct from ${NUMBER_OF_VALUE}`)
  await settleTypes(context)
  const marks = await applyMarksAlone(context)
  return {
    created,
    updated: updated + marks.updated,
    unchanged: distinct - created - updated + repeated + marks.unchanged,
    skipped: superseded,
  }
}

/** Properties marked as deleted with an id and nothing else. */
async function applyMarksAlone({ db }: ApplyContext): Promise<{ updated: number; unchanged: number }> {
  const marks = await numberOf(db, `select count(*) from stage_deletions where step = 'properties'`)
  if (marks === 0) return { updated: 0, unchanged: 0 }
  const updated = await rowsOf(
    db,
    `update attribute_ids set is_deleted = true, updated_at = now()
     where not is_deleted and onec_id in (${markedAlone('properties', 'stage_properties')})`,
  )
  return { updated, unchanged: marks - updated }
}

/**
 * An attribute goes when every property of it is marked as deleted, and is back when a mark goes, unless it was off
 * anyway; returns how many were switched off.
 */
async function settleActivity({ db }: ApplyContext): Promise<number> {
  const marked = `not exists (select from attribute_ids as i where i.attribute_id = t.id and not i.is_deleted)`
  // An attribute that only offers' characteristics made has no property, and so no mark.
  const off = `exists (select from attribute_ids as i where i.attribute_id = t.id and i.is_deleted) and ${marked}`
  await db.query(
    `update attributes as t set is_active = true, deactivated_by_import = false, updated_at = now()
     where t.deactivated_by_import and not (${marked})`,
  )
  return rowsOf(
    db,
    `update attributes as t set is_active = false, deactivated_by_import = true, updated_at = now()
     where t.is_active and ${off}`,
  )
}

/** A property that takes another attribute's name takes its values and its uses along. */
async function moveToOtherAttribute({ db }: ApplyContext): Promise<void> {
  await db.query(`
    create temporary table moved_properties on commit drop as
    select l.id, a.id as attribute_id, i.attribute_id as left_id
    from latest_properties as l
    join attributes as a on a.name_key = l.name_key
    join attribute_ids as i on i.onec_id = l.id and i.attribute_id <> a.id`)
  await db.query(`
    insert into attribute_values (attribute_id, value, value_key)
    select distinct on (m.attribute_id, v.value_key) m.attribute_id, v.value, v.value_key
    from moved_properties as m
    join attribute_value_ids as vi on vi.property_onec_id = m.id
    join attribute_values as v on v.id = vi.attribute_value_id
    on conflict do nothing`)
  await db.query(`
    update attribute_value_ids as t set attribute_value_id = n.id, updated_at = now()
    from moved_properties as m, attribute_values as o, attribute_values as n
    where t.property_onec_id = m.id and o.id = t.attribute_value_id
      and n.attribute_id = m.attribute_id and n.value_key = o.value_key`)
  await db.query(`
    update product_attributes as t set attribute_id = m.attribute_id, attribute_value_id = (
      select vi.attribute_value_id from attribute_value_ids as vi where vi.property_onec_id = m.id and vi.onec_id = t.value
    )
    from moved_properties as m where t.property_onec_id = m.id`)
}

/** Ids of different types under one name: the wider type, text, and one warning for each such attribute. */
async function settleTypes({ db, problems }: ApplyContext): Promise<void> {
  const types = `
    select i.attribute_id, case when count(distinct i.type) = 1 then min(i.type::text) else 'text' end::attribute_type as type,
      count(distinct i.type) as kinds
    from attribute_ids as i
    where i.attribute_id in (select attribute_id from attribute_ids join latest_properties on id = onec_id)
      -- One that lost a property may be narrower now.
      or i.attribute_id in (select left_id from moved_properties)
    group by i.attribute_id`
  await db.query(`
    update attributes as t set type = n.type, updated_at = now()
    from (${types}) as n where t.id = n.attribute_id and t.type <> n.type`)
  await problems.add(
    { severity: 'warning', code: 'type_conflict', field: 'ТипЗначений' },
    `select distinct on (a.id) l.file, l.line, l.id as external_id, a.name as detail
     from (${types}) as n
     join attributes as a on a.id = n.attribute_id
     join latest_properties as l on l.name_key = a.name_key
     where n.kinds > 1
     order by a.id, l.seq`,
    (name) => ({ key: 'typeConflict', values: { name } }),
  )
}

async function applyValues(context: ApplyContext) {
  const { db, problems } = context
  await db.query(`
    update stage_property_values as v set property_id = p.id
    from stage_properties as p where p.seq = v.property_seq`)
  // A value of a property that could not be read itself belongs nowhere.
  const orphans = await problems.add(
    { severity: 'error', code: 'unknown_parent', field: 'Свойство' },
    `select file, line, id as external_id, value as detail from stage_property_values where property_id is null`,
    (value) => ({ key: 'valueWithoutProperty', values: { value } }),
  )
  if (orphans > 0) await db.query(`delete from stage_property_values where property_id is null`)
  const { distinct, repeated, superseded } = await takeLatest(context, {
    staged: VALUES.name,
    latest: 'latest_values',
    key: ['property_id', 'id'],
    values: ['value'],
    externalId: 'id',
  })
  // Most values of most exports are as they were: the rest of the work is for the others only.
  await db.query(`
    create temporary table changed_values on commit drop as
    select l.seq, l.property_id, l.id, l.value, l.value_key, i.attribute_id, t.attribute_value_id
    from latest_values as l
    join attribute_ids as i on i.onec_id = l.property_id
    left join attribute_value_ids as t on t.property_onec_id = l.property_id and t.onec_id = l.id
    where t.onec_id is null or t.value <> l.value`)
  // A value is renamed in place when all of its ids take one new name that is free.
  await db.query(`
    update attribute_values as t set value = n.value, value_key = n.value_key, updated_at = now()
    from (
      select distinct on (n.attribute_id, n.value_key) n.* from (
        select i.attribute_value_id, c.attribute_id, min(c.value_key) as value_key, (array_agg(c.value order by c.seq))[1] as value
        from attribute_value_ids as i
        join attribute_values as v on v.id = i.attribute_value_id
        left join changed_values as c on c.property_id = i.property_onec_id and c.id = i.onec_id
        where i.attribute_value_id in (select attribute_value_id from changed_values)
        group by i.attribute_value_id, c.attribute_id
        having count(*) = count(c.id) and min(c.value_key) = max(c.value_key)
          and count(*) = (select count(*) from attribute_value_ids as every where every.attribute_value_id = i.attribute_value_id)
      ) as n
      where not exists (
        select from attribute_values as v
        where v.attribute_id = n.attribute_id and v.value_key = n.value_key and v.id <> n.attribute_value_id
      )
      order by n.attribute_id, n.value_key, n.attribute_value_id
    ) as n
    where t.id = n.attribute_value_id`)
  await db.query(`
    insert into attribute_values (attribute_id, value, value_key)
    select distinct on (c.attribute_id, c.value_key) c.attribute_id, c.value, c.value_key from changed_values as c
    where not exists (select from attribute_values as v where v.attribute_id = c.attribute_id and v.value_key = c.value_key)
    order by c.attribute_id, c.value_key, c.seq`)
  const updated = await rowsOf(
    db,
    `update attribute_value_ids as t set attribute_value_id = v.id, value = c.value, updated_at = now()
     from changed_values as c join attribute_values as v on v.attribute_id = c.attribute_id and v.value_key = c.value_key
     where t.property_onec_id = c.property_id and t.onec_id = c.id`,
  )
  const created = await rowsOf(
    db,
    `insert into attribute_value_ids (property_onec_id, onec_id, attribute_value_id, value)
     select c.property_id, c.id, v.id, c.value
     from changed_values as c join attribute_values as v on v.attribute_id = c.attribute_id and v.value_key = c.value_key
     where c.attribute_value_id is null
     order by c.property_id, c.id`,
  )
  return { created, updated, unchanged: distinct - created - updated + repeated, skipped: superseded }
}

/** The number that `t.value` is, as values.ts reads it, where the property `i` is one of numbers. */
const NUMBER_OF_VALUE = `(
  select case when i.type = 'number' and plain ~ '^[+-]?(\\d{1,14}(\\.\\d*)?|\\.\\d+)$' then plain::numeric end
  from (select replace(regexp_replace(t.value, '[\\s\u00a0\u202f\u2009'']', '', 'g'), ',', '.') as plain) as as_digits
)`

/** Values that goods gave before their property, or the value in its list, was known; and values that moved. */
async function linkGoods({ db }: ApplyContext): Promise<number> {
  const properties = await rowsOf(
    db,
    `update product_attributes as t set attribute_id = i.attribute_id, number = ${NUMBER_OF_VALUE}
     from latest_properties as l join attribute_ids as i on i.onec_id = l.id
     where t.property_onec_id = l.id and t.attribute_id is null`,
  )
  const values = await rowsOf(
    db,
    `update product_attributes as t set attribute_value_id = vi.attribute_value_id
     from changed_values as c join attribute_value_ids as vi on vi.property_onec_id = c.property_id and vi.onec_id = c.id
     where t.property_onec_id = c.property_id and t.value = c.id and t.attribute_value_id is distinct from vi.attribute_value_id`,
  )
  // The brand may be among what was linked.
  return properties + values + (properties > 0 ? await linkEarlierBrands(db) : 0)
}
