import { nameKey } from '@/worker/commerceml/values'
import { deactivateAbsent } from './absent'
import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
import { replaceAbsentVariants, settleDefaultVariants } from './default-variants'
import { takeLatest } from './latest'
import { replaceParts } from './parts'
import { type ApplyContext, ID, NOTHING, numberOf, OPTIONAL_ID, ORIGIN_COLUMNS, rowsOf, type Step } from './step'
import { linkToVariants } from './waiting'

const OFFERS = {
  name: 'stage_offers',
  columns: {
    ...ORIGIN_COLUMNS,
    id: ID,
    product_id: ID,
    name: 'text',
    article: 'text',
    barcode: 'text',
    color: 'text',
    size: 'text',
    is_child_size: 'boolean not null',
    // The record whose characteristics count; null: none says anything of them.
    traits_seq: 'int',
    from_good: 'boolean not null',
    deleted: 'boolean not null',
    scope_id: OPTIONAL_ID,
  },
}
const CHARACTERISTICS = {
  name: 'stage_characteristics',
  columns: {
    offer_seq: 'int not null',
    position: 'smallint not null',
    name: 'text not null',
    name_key: 'text not null',
    value: 'text not null',
  },
}

const FIELDS = ['name', 'article', 'barcode', 'color', 'size', 'is_child_size']

/** Offers → product variants with their characteristics (COMMERCEML.md §5, Offers). */
export const offers: Step = {
  kind: 'offers',
  records: ['offer'],
  tables: [OFFERS, CHARACTERISTICS],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'offer') return
    const { line, id, productId, name, article, barcode, color, size, isChildSize, deleted, scopeId } = record
    const { characteristics, fromGood = false } = record
    staging.put(OFFERS.name, [
      seq,
      file,
      line,
      id,
      productId,
      name,
      article,
      barcode,
      color,
      size,
      isChildSize,
      characteristics ? seq : null,
      fromGood,
      deleted,
      scopeId,
    ])
    for (const [position, trait] of (characteristics ?? []).entries()) {
      staging.put(CHARACTERISTICS.name, [seq, position, trait.name, nameKey(trait.name), trait.value])
    }
  },

  async apply(context) {
    const { db, problems } = context
    const completed = await completeFromGoods(context)
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: OFFERS.name,
      latest: 'latest_offers',
      key: ['id'],
      values: [...FIELDS, 'deleted'],
      externalId: 'id',
    })
    await problems.add(
      { severity: 'warning', code: 'dangling_reference', field: 'Ид' },
      `select l.file, l.line, l.id as external_id, l.product_id as detail from latest_offers as l
       where not exists (select from products where onec_id = l.product_id)`,
      (good) => ({ key: 'offerWithoutGood', values: { good } }),
    )
    let deactivated = await countDeactivated(db, 'product_variants', 'latest_offers')
    await db.query(
      `create temporary table changed_variants (id int primary key, created boolean not null) on commit drop`,
    )
    await updateChanged(context)
    await insertNew(context)
    await applyCharacteristics(context)
    deactivated += await settleDefaultVariants(context)
    const linked = await linkToVariants(db, 'latest_offers')
    const created = await numberOf(db, `select count(*) from changed_variants where created`)
    const updated = await rowsOf(
      db,
      `update product_variants as v set updated_at = now() from changed_variants as c where c.id = v.id and not c.created`,
    )
    const absent = await deactivateAbsent(db, 'offers')
    if (absent > 0) await replaceAbsentVariants(db)
    deactivated += absent
    const unchanged = distinct - created - updated + repeated + completed
    return { ...NOTHING, created, updated, unchanged, skipped: superseded, deactivated, linked }
  },
}

/**
 * What a good says of its own variant completes the offer that comes beside it, and is not a second offer; returns how
 * many records that were.
 */
async function completeFromGoods({ db }: ApplyContext): Promise<number> {
  if ((await numberOf(db, `select count(*) from stage_offers where from_good`)) === 0) return 0
  await db.query(`
    update stage_offers as o
    set traits_seq = g.seq, color = g.color, size = coalesce(o.size, g.size), is_child_size = g.is_child_size
    from stage_offers as g
    where g.id = o.id and g.from_good and not o.from_good and o.traits_seq is null and g.traits_seq is not null`)
  return rowsOf(
    db,
    `delete from stage_offers as g using stage_offers as o where o.id = g.id and g.from_good and not o.from_good`,
  )
}

/** What the row `t` becomes: an offer that says no more than its id leaves it as it is. */
const DESCRIPTION_AFTER = ['name', 'article', 'barcode']
  .map(
    (field) =>
      `case when num_nonnulls(l.name, l.article, l.barcode, l.traits_seq) = 0 then t.${field} else l.${field} end as ${field}`,
  )
  .join(', ')

/** What the row `t` becomes: an offer that says nothing of characteristics keeps its own, and what they told. */
const TRAITS_AFTER = `
  case when l.traits_seq is null then t.color else l.color end as color,
  case when l.traits_seq is null and exists (select from variant_attributes where variant_id = t.id)
    then coalesce(t.size, l.size) else l.size end as size,
  case when l.traits_seq is null then t.is_child_size else l.is_child_size end as is_child_size`

async function updateChanged({ db }: ApplyContext): Promise<void> {
  const list = (alias: string) => FIELDS.map((field) => `${alias}.${field}`).join(', ')
  await db.query(`
    with changed as (
      update product_variants as t
      set (${FIELDS.join(', ')}, catalog_onec_id, product_id, is_default, is_active, deactivated_by_import) =
          (${list('n')}, n.scope, n.product_id, false, n.is_active, n.deactivated)
      from (
        select t.id as variant_id, ${DESCRIPTION_AFTER}, ${TRAITS_AFTER}, coalesce(l.scope_id, t.catalog_onec_id) as scope, p.id as product_id, activity.*
        from latest_offers as l
        join product_variants as t on t.onec_id = l.id
        left join products as p on p.onec_id = l.product_id
        cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated)
      ) as n
      where t.id = n.variant_id
        and (${list('t')}, t.catalog_onec_id, t.product_id, t.is_default, t.is_active, t.deactivated_by_import)
          is distinct from (${list('n')}, n.scope, n.product_id, false, n.is_active, n.deactivated)
      returning t.id
    )
    insert into changed_variants select id, false from changed`)
}

async function insertNew({ db }: ApplyContext): Promise<void> {
  await db.query(`
    with created as (
      insert into product_variants
        (onec_id, product_onec_id, ${FIELDS.join(', ')}, catalog_onec_id, product_id, is_active, deactivated_by_import)
      select l.id, l.product_id, ${FIELDS.map((field) => `l.${field}`).join(', ')}, l.scope_id, p.id, not l.deleted, l.deleted
      from latest_offers as l left join products as p on p.onec_id = l.product_id
      where not exists (select from product_variants where onec_id = l.id)
      order by l.id
      returning id
    )
    insert into changed_variants select id, true from created`)
}

/** Characteristics are linked to attributes by name; an attribute that is not there yet is made, inactive. */
async function applyCharacteristics(context: ApplyContext): Promise<void> {
  const { db } = context
  await db.query(`
    insert into attributes (name, name_key, type)
    select distinct on (c.name_key) c.name, c.name_key, 'text' from stage_characteristics as c
    where not exists (select from attributes where name_key = c.name_key)
    order by c.name_key, c.offer_seq`)
  await db.query(`
    create temporary table target_characteristics on commit drop as
    select v.id as variant_id, c.position, a.id as attribute_id, c.value
    from latest_offers as l
    join product_variants as v on v.onec_id = l.id
    join stage_characteristics as c on c.offer_seq = l.traits_seq
    join attributes as a on a.name_key = c.name_key`)
  await replaceParts(context, {
    table: 'variant_attributes',
    target: 'target_characteristics',
    owner: 'variant_id',
    ownerTable: 'product_variants',
    latest: 'latest_offers',
    key: ['variant_id', 'position'],
    values: ['attribute_id', 'value'],
    mentioned: 'l.traits_seq is not null',
    changed: 'changed_variants',
  })
}
