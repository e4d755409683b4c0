import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
import { takeLatest } from './latest'
import { ID, NOTHING, ORIGIN_COLUMNS, rowsOf, type Step } from './step'

const TABLE = {
  name: 'stage_price_types',
  columns: { ...ORIGIN_COLUMNS, id: ID, name: 'text not null', currency: 'text', deleted: 'boolean not null' },
}

/** Price types, stored as they are and never guessed at (COMMERCEML.md §5, Price types). */
export const priceTypes: Step = {
  kind: 'price_types',
  records: ['priceType'],
  tables: [TABLE],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'priceType') return
    staging.put(TABLE.name, [seq, file, record.line, record.id, record.name, record.currency, record.deleted])
  },

  async apply(context) {
    const { db } = context
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: TABLE.name,
      latest: 'latest_price_types',
      key: ['id'],
      values: ['name', 'currency', 'deleted'],
      externalId: 'id',
    })
    const deactivated = await countDeactivated(db, 'price_types', 'latest_price_types')
    const updated = await rowsOf(
      db,
      `update price_types as t
       set (name, currency, is_active, deactivated_by_import) = (n.name, n.currency, n.is_active, n.deactivated), updated_at = now()
       from (
         select t.id, l.name, l.currency, activity.*
         from latest_price_types as l join price_types as t on t.onec_id = l.id
         cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated)
       ) as n
       where t.id = n.id
         and (t.name, t.currency, t.is_active, t.deactivated_by_import) is distinct from (n.name, n.currency, n.is_active, n.deactivated)`,
    )
    const created = await rowsOf(
      db,
      `insert into price_types (onec_id, name, currency, position, is_active, deactivated_by_import)
       select l.id, l.name, l.currency,
         (select coalesce(max(position), 0) from price_types) + row_number() over (order by l.seq),
         not l.deleted, l.deleted
       from latest_price_types as l
       where not exists (select from price_types where onec_id = l.id)
       order by l.seq`,
    )
    const linked = created > 0 ? await linkPrices() : 0
    return {
      ...NOTHING,
      created,
      updated,
      unchanged: distinct - created - updated + repeated,
      skipped: superseded,
      deactivated,
      linked,
    }

    /** Prices that came before their type. */
    function linkPrices(): Promise<number> {
      return rowsOf(
        db,
        `update prices as p set price_type_id = t.id, updated_at = now()
         from latest_price_types as l join price_types as t on t.onec_id = l.id
         where p.price_type_onec_id = l.id and p.price_type_id is null`,
      )
    }
  },
}
