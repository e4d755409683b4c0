import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
import { takeLatest } from './latest'
import { ID, NOTHING, ORIGIN_COLUMNS, rowsOf, type Step } from './step'

const TABLE = {
  name: 'stage_warehouses',
  columns: { ...ORIGIN_COLUMNS, id: ID, name: 'text not null', deleted: 'boolean not null' },
}

/** Warehouses that the export describes (COMMERCEML.md §5, Warehouses); one only mentioned in stock comes with the stock. */
export const warehouses: Step = {
  kind: 'warehouses',
  records: ['warehouse'],
  tables: [TABLE],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'warehouse') return
    staging.put(TABLE.name, [seq, file, record.line, record.id, record.name, record.deleted])
  },

  async apply(context) {
    const { db } = context
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: TABLE.name,
      latest: 'latest_warehouses',
      key: ['id'],
      values: ['name', 'deleted'],
      externalId: 'id',
    })
    const deactivated = await countDeactivated(db, 'warehouses', 'latest_warehouses')
    const updated = await rowsOf(
      db,
      `update warehouses as t
       set (name, is_active, deactivated_by_import) = (n.name, n.is_active, n.deactivated), updated_at = now()
       from (
         select t.id, l.name, activity.*
         from latest_warehouses as l join warehouses as t on t.onec_id = l.id
         cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated)
       ) as n
       where t.id = n.id and (t.name, t.is_active, t.deactivated_by_import) is distinct from (n.name, n.is_active, n.deactivated)`,
    )
    const created = await rowsOf(
      db,
      `insert into warehouses (onec_id, name, position, is_active, deactivated_by_import)
       select l.id, l.name,
         (select coalesce(max(position), 0) from warehouses) + row_number() over (order by l.seq),
         not l.deleted, l.deleted
       from latest_warehouses as l
       where not exists (select from warehouses where onec_id = l.id)
       order by l.seq`,
    )
    return {
      ...NOTHING,
      created,
      updated,
      unchanged: distinct - created - updated + repeated,
      skipped: superseded,
      deactivated,
    }
  },
}
