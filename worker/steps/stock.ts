import { SCOPE_OF_STOCK, zeroAbsentStock } from './absent'
import { takeLatest } from './latest'
import { ID, NOTHING, ORIGIN_COLUMNS, rowsOf, type Step } from './step'
import { settleTotals } from './stock-totals'
import { setUnchangedAside } from './unchanged'

const TABLE = {
  name: 'stage_stock',
  columns: { ...ORIGIN_COLUMNS, offer_id: ID, warehouse_id: ID, quantity: 'numeric(15, 3) not null' },
}

const KEY = 't.offer_onec_id = l.offer_id and t.warehouse_onec_id = l.warehouse_id'

const KEYS = ['offer_id', 'warehouse_id']

/** Stock: one row for an offer and a warehouse (COMMERCEML.md §5, Stock). */
export const stock: Step = {
  kind: 'stock',
  records: ['stock'],
  tables: [TABLE],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'stock') return
    staging.put(TABLE.name, [seq, file, record.line, record.offerId, record.warehouseId, record.quantity])
  },

  async apply(context) {
    const { db, problems } = context
    const totals = await settleTotals(db)
    const { left, unchanged } = await setUnchangedAside(context, {
      staged: TABLE.name,
      rest: 'rest_stock',
      table: 'stocks',
      // By the links, which are shorter than 1C's ids and say the same. A row without them is in the rest.
      joins: `left join product_variants as v on v.onec_id = s.offer_id
              left join warehouses as w on w.onec_id = s.warehouse_id
              left join stocks as t on t.variant_id = v.id and t.warehouse_id = w.id`,
      // A negative one is to be named every time.
      same: `t.quantity = s.quantity and s.quantity >= 0`,
      key: KEYS,
    })
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: left,
      latest: 'latest_stock',
      key: KEYS,
      values: ['quantity'],
      externalId: 'offer_id',
      found: { columns: 'v.id as variant', joins: 'left join product_variants as v on v.onec_id = s.offer_id' },
    })
    await problems.add(
      { severity: 'warning', code: 'dangling_reference', field: 'Предложение' },
      `select file, line, offer_id as external_id, null as detail from latest_stock where variant is null`,
      () => ({ key: 'stockWithoutOffer' }),
    )
    await problems.add(
      { severity: 'warning', code: 'negative_stock', field: 'Количество' },
      `select file, line, offer_id as external_id, quantity::text as detail from latest_stock where quantity < 0`,
      (quantity) => ({ key: 'negativeStock', values: { quantity } }),
    )
    // Warehouses that nothing described yet: created on first mention.
    await db.query(
      `insert into warehouses (onec_id, position)
       select l.warehouse_id, (select coalesce(max(position), 0) from warehouses) + row_number() over (order by min(l.seq))
       from latest_stock as l
       where not exists (select from warehouses where onec_id = l.warehouse_id)
       group by l.warehouse_id`,
    )
    // One look at what is stored: mostly nothing differs, and nothing more is to be done.
    await db.query(`
      create temporary table changed_stock on commit drop as
      select l.*, w.id as warehouse, t.offer_onec_id is null as is_new, whose.scope
      from latest_stock as l
      join warehouses as w on w.onec_id = l.warehouse_id
      left join stocks as t on ${KEY}
      -- Whose a row is tells its variant, once there is one.
      left join lateral (select ${SCOPE_OF_STOCK} as scope) as whose on l.variant is null
      where t.offer_onec_id is null or (t.quantity, t.variant_id, t.warehouse_id) is distinct from (l.quantity, l.variant, w.id)
        or whose.scope <> coalesce(t.catalog_onec_id, '')`)
    await db.query(`analyze changed_stock`)
    const updated = await rowsOf(
      db,
      `update stocks as t set quantity = l.quantity, variant_id = l.variant, warehouse_id = l.warehouse,
         catalog_onec_id = coalesce(l.scope, t.catalog_onec_id), updated_at = now()
       from changed_stock as l where not l.is_new and ${KEY}`,
    )
    const deactivated = totals.zeroed + (await zeroAbsentStock(db))
    const created = await rowsOf(
      db,
      `insert into stocks (offer_onec_id, warehouse_onec_id, quantity, variant_id, warehouse_id, catalog_onec_id)
       select offer_id, warehouse_id, quantity, variant, warehouse, scope from changed_stock where is_new
       order by offer_id, warehouse_id`,
    )
    return {
      ...NOTHING,
      created,
      updated,
      unchanged: totals.unchanged + unchanged + distinct - created - updated + repeated,
      skipped: superseded,
      deactivated,
    }
  },
}
