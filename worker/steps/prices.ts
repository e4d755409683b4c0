import { takeLatest } from './latest'
import { type ApplyContext, ID, NOTHING, ORIGIN_COLUMNS, rowsOf, type Step } from './step'
import { setUnchangedAside } from './unchanged'

const TABLE = {
  name: 'stage_prices',
  columns: {
    ...ORIGIN_COLUMNS,
    offer_id: ID,
    price_type_id: ID,
    min_quantity: 'numeric(15, 3) not null',
    value: 'numeric(15, 4)',
    currency: 'text',
    unit: 'text',
    ratio: 'numeric(15, 6)',
  },
}

const KEY = `t.offer_onec_id = l.offer_id and t.price_type_onec_id = l.price_type_id and t.min_quantity = l.min_quantity`

const KEYS = ['offer_id', 'price_type_id', 'min_quantity']

/** Prices: one row for an offer, a price type and a minimum quantity (COMMERCEML.md §5, Prices). */
export const prices: Step = {
  kind: 'prices',
  records: ['price'],
  tables: [TABLE],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'price') return
    const { line, offerId, priceTypeId, minQuantity, value, currency, unit, ratio } = record
    staging.put(TABLE.name, [seq, file, line, offerId, priceTypeId, minQuantity, value, currency, unit, ratio])
  },

  async apply(context) {
    const { db } = context
    const { left, unchanged } = await setUnchangedAside(context, {
      staged: TABLE.name,
      rest: 'rest_prices',
      table: 'prices',
      // By the links, which are shorter than 1C's ids and say the same. A row without them is in the rest.
      joins: `left join product_variants as v on v.onec_id = s.offer_id
              left join price_types as pt on pt.onec_id = s.price_type_id
              left join prices as t on t.variant_id = v.id and t.price_type_id = pt.id and t.min_quantity = s.min_quantity`,
      same: `t.value = s.value and (t.currency, t.unit, t.ratio) is not distinct from (s.currency, s.unit, s.ratio)`,
      key: KEYS,
    })
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: left,
      latest: 'latest_prices',
      key: KEYS,
      values: ['value', 'currency', 'unit', 'ratio'],
      externalId: 'offer_id',
      found: {
        columns: 'v.id as variant, pt.id as price_type',
        joins: `left join product_variants as v on v.onec_id = s.offer_id
                left join price_types as pt on pt.onec_id = s.price_type_id`,
      },
    })
    await reportDangling(context)
    // One look at what is stored: mostly nothing differs, and nothing more is to be done.
    await db.query(`
      create temporary table changed_prices on commit drop as
      select l.*, t.offer_onec_id is null as is_new
      from latest_prices as l left join prices as t on ${KEY}
      where case
        when l.value is null or t.offer_onec_id is null then l.value is not null or t.offer_onec_id is not null
        else (t.value, t.currency, t.unit, t.ratio, t.variant_id, t.price_type_id)
          is distinct from (l.value, l.currency, l.unit, l.ratio, l.variant, l.price_type)
      end`)
    await db.query(`analyze changed_prices`)
    // An empty or zero price: there is none.
    const removed = await rowsOf(
      db,
      `delete from prices as t using changed_prices as l where l.value is null and ${KEY}`,
    )
    const updated = await rowsOf(
      db,
      `update prices as t
       set value = l.value, currency = l.currency, unit = l.unit, ratio = l.ratio,
         variant_id = l.variant, price_type_id = l.price_type, updated_at = now()
       from changed_prices as l
       where not l.is_new and l.value is not null and ${KEY}`,
    )
    const created = await rowsOf(
      db,
      `insert into prices
         (offer_onec_id, price_type_onec_id, min_quantity, value, currency, unit, ratio, variant_id, price_type_id)
       select offer_id, price_type_id, min_quantity, value, currency, unit, ratio, variant, price_type
       from changed_prices as l where l.is_new
       order by offer_id, price_type_id, min_quantity`,
    )
    const changed = updated + removed
    return {
      ...NOTHING,
      created,
      updated: changed,
      unchanged: unchanged + distinct - created - changed + repeated,
      skipped: superseded,
    }
  },
}

async function reportDangling({ problems }: ApplyContext): Promise<void> {
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'Предложение' },
    `select file, line, offer_id as external_id, null as detail from latest_prices
     where value is not null and variant is null`,
    () => ({ key: 'priceWithoutOffer' }),
  )
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'ИдТипаЦены' },
    `select file, line, offer_id as external_id, price_type_id as detail from latest_prices
     where value is not null and price_type is null`,
    (priceType) => ({ key: 'priceWithoutType', values: { priceType } }),
  )
}
