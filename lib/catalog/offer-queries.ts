import { cut, KEPT } from '@/lib/catalog/bounded'
import { OF_OFFER, picturesOf } from '@/lib/catalog/picture-queries'
import type { Cut, OfferRow, PriceLine, PricesRow, Reference, StockLine, StockRow } from '@/lib/catalog/row'
import { database } from '@/lib/db'

const LINES_SHOWN = 100
const CHARACTERISTICS_SHOWN = 100

export async function offerRow(onecId: string): Promise<OfferRow | null> {
  const db = database()
  const row = await db.productVariant.findUnique({
    where: { onecId },
    select: {
      ...KEPT,
      id: true,
      name: true,
      article: true,
      barcode: true,
      color: true,
      size: true,
      isDefault: true,
      catalogOnecId: true,
      productOnecId: true,
      product: { select: { onecId: true, name: true } },
    },
  })
  if (!row) return null
  const { id, productOnecId, product, ...offer } = row
  const [characteristics, prices, stock, pictures] = await Promise.all([
    characteristicsOf([id], CHARACTERISTICS_SHOWN + 1),
    pricesOf([onecId], LINES_SHOWN),
    stockOf([onecId], LINES_SHOWN),
    picturesOf(onecId, OF_OFFER),
  ])
  return {
    step: 'offers',
    ...offer,
    product: product ?? { onecId: productOnecId, name: null, isMissing: true },
    characteristics: cut(characteristics, CHARACTERISTICS_SHOWN),
    prices: prices(onecId),
    stock: stock(onecId),
    pictures,
  }
}

export async function pricesRow(onecId: string): Promise<PricesRow | null> {
  const [offer, pricesBy] = await Promise.all([offerReference(onecId), pricesOf([onecId], LINES_SHOWN)])
  const prices = pricesBy(onecId)
  return offer.isMissing && prices.items.length === 0 ? null : { step: 'prices', onecId, offer, prices }
}

export async function stockRow(onecId: string): Promise<StockRow | null> {
  const [offer, stockBy] = await Promise.all([offerReference(onecId), stockOf([onecId], LINES_SHOWN)])
  const stock = stockBy(onecId)
  return offer.isMissing && stock.items.length === 0 ? null : { step: 'stock', onecId, offer, stock }
}

async function offerReference(onecId: string): Promise<Reference> {
  const offer = await database().productVariant.findUnique({
    where: { onecId },
    select: { onecId: true, name: true },
  })
  return offer ?? { onecId, name: null, isMissing: true }
}

/** The characteristics of some variants, `each` of every one at most. */
export const characteristicsOf = (variantIds: number[], each: number) =>
  database().$queryRaw<{ variantId: number; name: string; value: string }[]>`
    select c.variant_id as "variantId", a.name, c.value
    from unnest(${variantIds}::int[]) as wanted(id)
    cross join lateral (
      select * from variant_attributes where variant_id = wanted.id order by position limit ${each}
    ) as c
    join attributes as a on a.id = c.attribute_id
    order by c.variant_id, c.position`

/** Lines of several offers, told apart. */
type OfOffer<Line> = Line & { offer: string }

const byOffer =
  <Line>(lines: OfOffer<Line>[], each: number) =>
  (offer: string): Cut<Line> =>
    cut(
      lines.filter((line) => line.offer === offer),
      each,
    )

/** The prices of some offers by the offer's id, the first `each` of every one. */
export async function pricesOf(offers: string[], each: number): Promise<(offer: string) => Cut<PriceLine>> {
  const lines = await database().$queryRaw<OfOffer<PriceLine>[]>`
    select p.offer_onec_id as "offer",
      json_build_object('onecId', p.price_type_onec_id, 'name', t.name, 'isMissing', t.id is null) as "type",
      p.value::float8 as "value", p.currency, p.unit, p.ratio::float8 as "ratio",
      p.min_quantity::float8 as "minQuantity", p.updated_at as "updatedAt"
    from unnest(${offers}::text[]) as wanted(id)
    cross join lateral (
      select * from prices where offer_onec_id = wanted.id order by price_type_onec_id, min_quantity limit ${each + 1}
    ) as p
    left join price_types as t on t.id = p.price_type_id
    order by p.offer_onec_id, t.position, p.price_type_onec_id, p.min_quantity`
  return byOffer(lines, each)
}

/** The stock of some offers by the offer's id, the first `each` of every one. */
export async function stockOf(offers: string[], each: number): Promise<(offer: string) => Cut<StockLine>> {
  const lines = await database().$queryRaw<OfOffer<StockLine>[]>`
    select s.offer_onec_id as "offer",
      json_build_object('onecId', s.warehouse_onec_id, 'name', w.name, 'isMissing', w.id is null) as "warehouse",
      s.quantity::float8 as "quantity", s.updated_at as "updatedAt"
    from unnest(${offers}::text[]) as wanted(id)
    cross join lateral (
      select * from stocks where offer_onec_id = wanted.id order by warehouse_onec_id limit ${each + 1}
    ) as s
    left join warehouses as w on w.id = s.warehouse_id
    order by s.offer_onec_id, w.position, s.warehouse_onec_id`
  return byOffer(lines, each)
}
