import { COUNTED_AT_MOST, KEPT, stoppedCount } from '@/lib/catalog/bounded'
import { HIDDEN_CATEGORY } from '@/lib/catalog/hidden-category'
import type { GroupRow, PropertyRow, Reference } from '@/lib/catalog/row'
import { database } from '@/lib/db'

const GROUPS_SHOWN = 20
const VALUES_SHOWN = 50
/** No tree of 1C is so deep; a loop would be without end. */
const DEEPEST = 50

export async function groupRow(onecId: string): Promise<GroupRow | null> {
  const db = database()
  const row = await db.category.findUnique({
    where: { onecId },
    select: {
      ...KEPT,
      id: true,
      name: true,
      description: true,
      slug: true,
      classifierOnecId: true,
      parentId: true,
      children: {
        select: { onecId: true, name: true },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        take: GROUPS_SHOWN,
      },
    },
  })
  if (!row) return null
  const { id, parentId, ...group } = row
  const [path, childCount, goods] = await Promise.all([
    groupPath(parentId),
    db.category.count({ where: { parentId: id }, take: COUNTED_AT_MOST + 1 }),
    goodsOf(id),
  ])
  return {
    step: 'groups',
    ...group,
    isHidden: onecId === HIDDEN_CATEGORY,
    path,
    childCount: stoppedCount(childCount),
    ...goods,
  }
}

/** The groups from the root down to that one. */
export async function groupPath(id: number | null): Promise<Reference[]> {
  if (id === null) return []
  return database().$queryRaw<Reference[]>`
    with recursive up as (
      select onec_id, name, parent_id, 0 as depth from categories where id = ${id}
      union all
      select c.onec_id, c.name, c.parent_id, up.depth + 1
      from up join categories as c on c.id = up.parent_id where up.depth < ${DEEPEST}
    )
    select onec_id as "onecId", name from up order by depth desc`
}

/** Goods that name the group, and those that lie in it by themselves, as in the hidden one. */
async function goodsOf(id: number): Promise<Pick<GroupRow, 'goods' | 'goodCount'>> {
  const [found] = await database().$queryRaw<{ count: number; first: number[] }[]>`
    with found as materialized (
      (select product_id as id from product_categories where category_id = ${id} limit ${COUNTED_AT_MOST + 1})
      union
      (select id from products where category_id = ${id} limit ${COUNTED_AT_MOST + 1})
    )
    select count(*)::int as "count", array(select id from found order by id limit ${GROUPS_SHOWN}) as "first" from found`
  const goods = await database().product.findMany({
    where: { id: { in: found?.first ?? [] } },
    select: { onecId: true, name: true },
    orderBy: { id: 'asc' },
  })
  return { goods, goodCount: stoppedCount(found?.count ?? 0) }
}

export async function propertyRow(onecId: string): Promise<PropertyRow | null> {
  const db = database()
  const row = await db.attributeId.findUnique({
    where: { onecId },
    select: {
      onecId: true,
      name: true,
      type: true,
      isDeleted: true,
      updatedAt: true,
      attribute: {
        select: {
          name: true,
          type: true,
          isActive: true,
          deactivatedByImport: true,
          createdAt: true,
          updatedAt: true,
          ids: {
            where: { onecId: { not: onecId } },
            select: { onecId: true, name: true },
            orderBy: { onecId: 'asc' },
            take: GROUPS_SHOWN,
          },
        },
      },
    },
  })
  if (!row) return null
  const { ids: others, ...attribute } = row.attribute
  const where = { propertyOnecId: onecId }
  const [values, valueCount] = await Promise.all([
    db.attributeValueId.findMany({
      where,
      select: { onecId: true, value: true, attributeValue: { select: { value: true } } },
      orderBy: { onecId: 'asc' },
      take: VALUES_SHOWN,
    }),
    db.attributeValueId.count({ where, take: COUNTED_AT_MOST + 1 }),
  ])
  return { step: 'properties', ...row, attribute, others, values, valueCount: stoppedCount(valueCount) }
}
