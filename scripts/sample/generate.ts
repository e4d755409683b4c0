import { assortment, type Item } from '@/scripts/sample/assortment'
import { breakRows } from '@/scripts/sample/broken'
import { categories } from '@/scripts/sample/categories'
import { makeCustomers } from '@/scripts/sample/customers'
import { Dice, guidSeries } from '@/scripts/sample/dice'
import { goodsWriter, offersWriter } from '@/scripts/sample/goods'
import type { Export, Price, PriceType, Stock, Unit } from '@/scripts/sample/model'
import { picturesOf, withPictures } from '@/scripts/sample/pictures'
import { makeProperties } from '@/scripts/sample/properties'

export interface SampleOptions {
  seed: number
  /** How many goods; about two offers come with each. */
  goods: number
  /** The share of goods, 0…1, that changed since: the export tells only what is new of those. */
  changed?: number | undefined
  /** The export speaks for everything: what it does not mention is gone. */
  full?: boolean | undefined
  /** With pictures of the goods, and files for them. */
  pictures?: boolean | undefined
  customers?: number | undefined
  /** The share of rows, 0…1, that cannot be imported as they are. */
  errors?: number | undefined
}

/** Every price type, and what a price is of the retail one. */
const PRICE_TYPES = [
  { name: 'РРЦ', share: 1 },
  { name: 'МРЦ', share: 0.86 },
  { name: 'Опт 4 (до 50 тыс.руб в квартал)', share: 0.7 },
  { name: 'Опт 3 (50-150 тыс.руб в квартал)', share: 0.68 },
  { name: 'Опт 2 (150-300 тыс.руб в квартал)', share: 0.66 },
  { name: 'Опт 1 (300-600 тыс.руб в квартал)', share: 0.64 },
] as const

const UNITS: readonly Unit[] = [
  { id: '796 ', shortName: 'шт', fullName: 'Штука' },
  { id: '715 ', shortName: 'пар', fullName: `${'Пара'.padEnd(100)}` },
]

/** A wholesaler of sports goods, made up: the same options give the same export, to the last byte. */
export function generateExport(options: SampleOptions): Export {
  const { seed, errors = 0 } = options
  const model = options.changed === undefined ? wholeExport(options) : changesOnly(wholeExport(options))
  return errors > 0 ? breakRows(model, seed, errors) : model
}

/** A day later 1C tells goods, offers, prices and stock that changed, and nothing else. */
function changesOnly({ catalogueId, delta, goods, offers, prices, stock }: Export): Export {
  const changes = { catalogueId, writtenAt: '2026-03-15T03:15:26', delta, goods, offers, prices, stock }
  return changes as Export
}

function wholeExport(options: SampleOptions): Export {
  const { seed, goods, changed, full = false, pictures = false, customers } = options
  const { groups, idOf } = categories(guidSeries(seed, 'group'))
  const properties = makeProperties(seed)
  const itemAt = assortment(seed)
  const goodOf = goodsWriter(seed, properties, (name) => {
    const id = idOf.get(name)
    if (id === undefined) throw new Error(`There is no category «${name}»`)
    return id
  })
  const offersOf = offersWriter(properties)
  const priceTypeId = guidSeries(seed, 'price type')
  const warehouseId = guidSeries(seed, 'warehouse')
  const priceTypes: PriceType[] = PRICE_TYPES.map(({ name }, index) => ({
    id: priceTypeId(index),
    name,
    currency: 'RUB',
  }))
  const warehouses = ['1 Основной склад', '2 Склад Юг'].map((name, index) => ({ id: warehouseId(index), name }))

  // Goods and offers are made anew whenever they are read: a million of them need no memory.
  const forEachItem = <T>(make: (item: Item) => Iterable<T>): Iterable<T> => ({
    *[Symbol.iterator]() {
      for (let index = 0; index < goods; index++) {
        if (changed === undefined) yield* make(itemAt(index))
        else if (new Dice(seed, 2, index).chance(changed)) yield* make(changedItem(itemAt(index)))
      }
    },
  })
  return {
    catalogueId: guidSeries(seed, 'catalogue')(0),
    writtenAt: '2026-03-14T03:15:26',
    delta: !full,
    groups,
    properties: properties.ofGoods,
    offerProperties: properties.ofOffers,
    priceTypes,
    warehouses,
    units: UNITS,
    goods: forEachItem((item) => [pictures ? withPictures(goodOf(item)) : goodOf(item)]),
    offers: forEachItem(offersOf),
    prices: forEachItem((item) => pricesOf(item, priceTypes)),
    stock: forEachItem((item) =>
      stockOf(
        new Dice(seed, changed === undefined ? 1 : 3, item.index),
        item,
        warehouses.map(({ id }) => id),
      ),
    ),
    ...(customers ? { customers: { [Symbol.iterator]: () => makeCustomers(seed, customers) } } : {}),
    ...(pictures ? { pictures: forEachItem((item) => picturesOf(item.id)) } : {}),
  }
}

/** The same good a day later: another name, another price. */
const changedItem = (item: Item): Item => ({
  ...item,
  name: `${item.name}, новая партия`,
  price: Math.round(item.price * 1.07),
})

/** What is sold: the variants, or the good itself when it has none. */
const sold = ({ id, variants }: Item) => (variants.length > 0 ? variants.map((variant) => variant.id) : [id])

function pricesOf(item: Item, priceTypes: readonly PriceType[]): Price[] {
  return sold(item).flatMap((offerId, number) =>
    priceTypes.map(({ id: priceTypeId }, index) => ({
      offerId,
      priceTypeId,
      // Larger sizes cost a little more.
      value: money(item.price * (PRICE_TYPES[index]?.share ?? 1) * (1 + number / 200)),
      currency: 'руб',
    })),
  )
}

/** As 1C writes money: kopecks only where there are any; a comma and a no-break space in the dearest. */
function money(roubles: number): string {
  const [whole = '', kopecks] = (Math.round(roubles * 20) / 20).toFixed(2).split('.')
  if (roubles >= 10_000) return `${whole.slice(0, -3)}\u00A0${whole.slice(-3)},${kopecks}`
  return kopecks === '00' ? whole : `${whole}.${kopecks}`
}

function stockOf(dice: Dice, item: Item, warehouseIds: readonly string[]): Stock[] {
  return sold(item).flatMap((offerId) =>
    warehouseIds.map((warehouseId) => ({
      offerId,
      warehouseId,
      quantity: dice.chance(0.4) ? '0' : `${dice.int(1, 300)}`,
    })),
  )
}
