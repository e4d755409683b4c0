// The 2.09 split layout: four files in one folder, each with a GUID in its name.
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
  VERSION_2_09,
} from '@/scripts/sample/document'
import {
  customerElement,
  goodElement,
  groupElement,
  offerElement,
  pricesOf,
  priceTypeElement,
  propertyElement,
  stockByWarehouse,
  unitElement,
  warehouseElement,
} from '@/scripts/sample/elements'
import type { Layout, LayoutFile } from '@/scripts/sample/layout'
import type { Export } from '@/scripts/sample/model'

export const split209: Layout = {
  files,
  pictures: '.',
  bom: () => true,
  owns: /^(?:import|offers|prices|rests|contragents)___.*\.xml$/,
}

function* files(model: Export): Generator<LayoutFile> {
  const { groups, properties, offerProperties, priceTypes, warehouses, units } = model
  const { goods, offers, prices, stock, customers } = model
  const document = (...body: Iterable<string>[]) => root(VERSION_2_09, model, ...body)
  const inOffers = (elements: Iterable<string>) => document(offerPack(model, list('Предложения', elements)))
  let count = 0
  // 1C makes a new GUID for each file.
  const name = (kind: string) => `${kind}___${model.catalogueId.slice(0, -4)}${`${++count}`.padStart(4, '0')}.xml`

  const allProperties = properties || offerProperties ? [...(properties ?? []), ...(offerProperties ?? [])] : undefined
  const lists = [
    ...listIf('Группы', groups && each(groups, groupElement)),
    ...listIf('Свойства', allProperties && each(unique(allProperties), propertyElement)),
    ...listIf('ТипыЦен', priceTypes && each(priceTypes, priceTypeElement)),
    ...listIf('Склады', warehouses && each(warehouses, warehouseElement)),
    ...listIf('ЕдиницыИзмерения', units && each(units, unitElement)),
  ]
  if (lists.length > 0 || goods) {
    const body = [
      ...(lists.length > 0 ? [classifier(model, ...lists)] : []),
      ...(goods ? [catalogue(model, each(goods, goodElement))] : []),
    ]
    yield { name: name('import'), text: document(...body) }
  }
  if (offers) yield { name: name('offers'), text: inOffers(each(offers, (offer) => offerElement({ offer }))) }
  if (prices) {
    const elements = each(byOffer(prices), ([id, rows]) => offerElement({ id, prices: pricesOf(rows) }))
    yield { name: name('prices'), text: inOffers(elements) }
  }
  if (stock) {
    const elements = each(byOffer(stock), ([id, rows]) => offerElement({ id, stock: stockByWarehouse(rows) }))
    yield { name: name('rests'), text: inOffers(elements) }
  }
  if (customers)
    yield { name: name('contragents'), text: document(customerList(model, each(customers, customerElement))) }
}

/** A property of goods and of offers stands twice in the model, and once in a classifier. */
export function unique<T extends { id: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>()
  return items.filter(({ id }) => !seen.has(id) && seen.add(id))
}
