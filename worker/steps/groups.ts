import slugify from '@sindresorhus/slugify'
import { deactivateAbsent } from './absent'
import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
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

const TABLE = {
  name: 'stage_groups',
  columns: {
    ...ORIGIN_COLUMNS,
    parent_seq: 'int',
    id: ID,
    parent_id: OPTIONAL_ID,
    name: 'text not null',
    description: 'text',
    slug: 'text not null',
    deleted: 'boolean not null',
    scope_id: OPTIONAL_ID,
  },
}

/** Groups → categories (COMMERCEML.md §5, Groups). */
export const groups: Step = {
  kind: 'groups',
  records: ['group'],
  tables: [TABLE],

  stage(record, { fileOffset, file }, staging) {
    if (record.kind !== 'group') return
    const { seq, parentSeq, parentId, id, name, description, deleted, line, scopeId } = record
    const parent = parentSeq === null ? null : parentSeq + fileOffset
    staging.put(TABLE.name, [
      seq + fileOffset,
      file,
      line,
      parent,
      id,
      parentId,
      name,
      description,
      slugOf(name),
      deleted,
      scopeId,
    ])
  },

  async apply(context): Promise<StepCounts> {
    const { db } = context
    if ((await numberOf(db, `select count(*) from ${TABLE.name}`)) === 0) return NOTHING
    await db.query(
      `update stage_groups as g set parent_id = parent.id from stage_groups as parent where parent.seq = g.parent_seq`,
    )
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: TABLE.name,
      latest: 'latest_groups',
      key: ['id'],
      values: ['parent_id', 'name', 'description', 'deleted'],
      externalId: 'id',
    })
    await refuseImpossibleParents(context)
    let deactivated = await countDeactivated(db, 'categories', 'latest_groups')
    // The new ones first: an old one may move under one of them.
    const created = await insertNew(context)
    const updated = await updateChanged(context)
    deactivated += await deactivateAbsent(db, 'groups')
    const linked = created > 0 ? await linkGoods(context) : 0
    return {
      ...NOTHING,
      created,
      updated,
      unchanged: distinct - created - updated + repeated,
      skipped: superseded,
      deactivated,
      linked,
    }
  },
}

const slugOf = (name: string): string => slugify(name).slice(0, 80) || 'gruppa'

/** An unknown or circular parent is a problem; the category stays a root. */
async function refuseImpossibleParents({ db, problems }: ApplyContext): Promise<void> {
  await problems.add(
    { severity: 'warning', code: 'unknown_parent', field: 'Группы' },
    `select file, line, id as external_id, name as detail from latest_groups as l
     where l.parent_seq is not null
       and not exists (select from latest_groups as p where p.id = l.parent_id)
       and not exists (select from categories as c where c.onec_id = l.parent_id)`,
    (name) => ({ key: 'groupWithoutParent', values: { name } }),
  )
  const circular = `
    with recursive tree as materialized (
      select id, parent_id from latest_groups
      union all
      -- A group that the export only names around others stays where it is.
      select c.onec_id, p.onec_id from categories as c join categories as p on p.id = c.parent_id
      where not exists (select from latest_groups where id = c.onec_id)
    ), up as (
      select id as start, parent_id, array[id] as path from latest_groups where parent_id is not null
      union all
      select up.start, g.parent_id, up.path || g.id
      from up join tree as g on g.id = up.parent_id
      where g.id <> all(up.path)
    )
    select start from up where parent_id = start`
  const found = await problems.add(
    { severity: 'warning', code: 'group_cycle', field: 'Группы' },
    `select file, line, id as external_id, name as detail from latest_groups where id in (${circular})`,
    (name) => ({ key: 'groupCycle', values: { name } }),
  )
  if (found > 0) await db.query(`update latest_groups set parent_id = null where id in (${circular})`)
}

/** Renames, moves, marks. Order is kept as it was first seen: a delta does not know its neighbours. */
const updateChanged = ({ db }: ApplyContext): Promise<number> =>
  rowsOf(
    db,
    `update categories as t
     set (name, description, parent_id, classifier_onec_id, is_active, deactivated_by_import) =
           (n.name, n.description, n.parent_id, n.scope, n.is_active, n.deactivated),
         updated_at = now()
     from (
       select t.id, l.name, l.description, coalesce(l.scope_id, t.classifier_onec_id) as scope, parent.id as parent_id, activity.*
       from latest_groups as l
       join categories as t on t.onec_id = l.id
       left join categories as parent on parent.onec_id = l.parent_id
       cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated)
     ) as n
     where t.id = n.id
       and (t.name, t.description, t.parent_id, t.classifier_onec_id, t.is_active, t.deactivated_by_import)
         is distinct from (n.name, n.description, n.parent_id, n.scope, n.is_active, n.deactivated)`,
  )

async function insertNew({ db }: ApplyContext): Promise<number> {
  await db.query(`
    create temporary table new_groups on commit drop as
    select id from latest_groups as l where not exists (select from categories where onec_id = l.id)`)
  const created = await rowsOf(
    db,
    `insert into categories (onec_id, name, description, slug, position, is_active, deactivated_by_import, classifier_onec_id)
     select l.id, l.name, l.description,
       case when row_number() over (partition by l.slug order by l.seq) = 1
              and not exists (select from categories where slug = l.slug)
         then l.slug else l.slug || '-' || left(md5(l.id), 8) end,
       (select coalesce(max(position), 0) from categories) + row_number() over (order by l.seq),
       not l.deleted, l.deleted, l.scope_id
     from latest_groups as l join new_groups using (id)
     order by l.seq`,
  )
  if (created > 0) {
    // Now that every group is there, the parents of the new ones.
    await db.query(
      `update categories as t set parent_id = parent.id
       from new_groups join latest_groups as l using (id) join categories as parent on parent.onec_id = l.parent_id
       where t.onec_id = l.id`,
    )
  }
  return created
}

/** Goods that came before their group move into it: each lies in the first of its groups that is known. */
async function linkGoods({ db }: ApplyContext): Promise<number> {
  await db.query(`create temporary table linked_goods (id int) on commit drop`)
  await db.query(`
    with linked as (
      update product_categories as pc set category_id = c.id
      from new_groups as l join categories as c on c.onec_id = l.id
      where c.onec_id = pc.category_onec_id and pc.category_id is null
      returning pc.product_id
    )
    insert into linked_goods select distinct product_id from linked`)
  return rowsOf(
    db,
    `update products as p set category_id = first.category_id, updated_at = now()
     from (
       select distinct on (pc.product_id) pc.product_id, pc.category_id
       from linked_goods as l join product_categories as pc on pc.product_id = l.id
       where pc.category_id is not null
       order by pc.product_id, pc.position
     ) as first
     where p.id = first.product_id and p.category_id is distinct from first.category_id`,
  )
}
