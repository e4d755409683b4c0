// The classic layout of 2.03–2.08: import.xml with classifier and goods, offers.xml with price types, warehouses and
// offers that carry their prices and stock themselves.
import {
  byOffer,
  catalogue,
  classifier,
  customerList,
  each,
  list,
  listIf,
  offerPack,
  root,
  VERSION_2_07,
} from '@/scripts/sample/document'
import {
  customerElement,
  goodElement,
  groupElement,
  offerElement,
  pricesOf,
  priceTypeElement,
  propertyElement,
  stockInAttributes,
  warehouseElement,
} from '@/scripts/sample/elements'
import type { Layout, LayoutFile, LayoutOptions } from '@/scripts/sample/layout'
import type { Export, Good, Offer, Price, Stock } from '@/scripts/sample/model'
import { unique } from '@/scripts/sample/split209'

export const classic: Layout = {
  files,
  pictures: '.',
  bom: () => true,
  owns: /^(?:(?:import|offers)(?:0_\d+)?|contragents)\.xml$/,
}

function* files(model: Export, { goodsPerFile }: LayoutOptions): Generator<LayoutFile> {
  const { groups, properties, offerProperties, priceTypes, warehouses, goods, offers, prices, stock, customers } = model
  const document = (...body: Iterable<string>[]) => root(VERSION_2_07, model, ...body)
  const numbered = goodsPerFile !== undefined

  const allProperties = properties || offerProperties ? [...(properties ?? []), ...(offerProperties ?? [])] : undefined
  const lists = [
    ...listIf('Группы', groups && each(groups, groupElement)),
    ...listIf('Свойства', allProperties && each(unique(allProperties), propertyElement)),
  ]
  const head = lists.length > 0 ? [classifier(model, ...lists)] : []
  if (goods) {
    let number = 0
    for (const part of inParts(goods, goodsPerFile)) {
      // Only the first part has the classifier.
      const body = [...(number === 0 ? head : []), catalogue(model, each(part, goodElement))]
      yield { name: numbered ? `import0_${++number}.xml` : 'import.xml', text: document(...body) }
    }
  } else if (lists.length > 0) {
    yield { name: numbered ? 'import0_1.xml' : 'import.xml', text: document(...head) }
  }

  const offerLists = [
    ...listIf('ТипыЦен', priceTypes && each(priceTypes, priceTypeElement)),
    ...listIf('Склады', warehouses && each(warehouses, warehouseElement)),
    ...(offers || prices || stock ? [list('Предложения', offersWithAll(offers, prices, stock))] : []),
  ]
  if (offerLists.length > 0) {
    yield { name: numbered ? 'offers0_1.xml' : 'offers.xml', text: document(offerPack(model, ...offerLists)) }
  }
  if (customers)
    yield { name: 'contragents.xml', text: document(customerList(model, each(customers, customerElement))) }
}

/** Pieces of at most `size` goods, each read to its end before the next is asked for. */
function* inParts(goods: Iterable<Good>, size = Number.POSITIVE_INFINITY): Generator<Iterable<Good>> {
  const iterator = goods[Symbol.iterator]()
  let next = iterator.next()
  do {
    yield (function* () {
      for (let count = 0; count < size && !next.done; count++) {
        yield next.value
        next = iterator.next()
      }
    })()
  } while (!next.done)
}

/**
 * Offers with what belongs to them. The three are read side by side: prices or stock that do not stand in the order of
 * the offers get an element of their own, which says the same.
 */
function* offersWithAll(
  offers: Iterable<Offer> = [],
  prices: Iterable<Price> = [],
  stock: Iterable<Stock> = [],
): Generator<string> {
  const nextOffer = puller(offers)
  const nextPrices = puller(byOffer(prices))
  const nextStock = puller(byOffer(stock))
  for (;;) {
    const id = nextPrices.head?.[0] ?? nextStock.head?.[0] ?? nextOffer.head?.id
    if (id === undefined) return
    yield offerElement({
      id,
      offer: nextOffer.head?.id === id ? nextOffer.take() : undefined,
      prices: nextPrices.head?.[0] === id ? pricesOf(nextPrices.take()?.[1] ?? []) : '',
      stock: nextStock.head?.[0] === id ? stockInAttributes(nextStock.take()?.[1] ?? []) : '',
    })
  }
}

function puller<T>(items: Iterable<T>) {
  const iterator = items[Symbol.iterator]()
  const pull = () => {
    const { done, value } = iterator.next()
    return done ? undefined : (value as T)
  }
  let head = pull()
  return {
    get head() {
      return head
    },
    take() {
      const taken = head
      head = pull()
      return taken
    },
  }
}
