// The 3.1 split layout: a folder for each kind, as «Обмен с сайтом» of 1C:Управление торговлей 11 writes it.
import {
  byOffer,
  catalogue,
  catalogueHead,
  classifier,
  customerList,
  each,
  list,
  offerPack,
  root,
  VERSION_3_1,
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
import type { Export, Property } from '@/scripts/sample/model'

/** 1C starts another file of properties after this many. */
const PROPERTIES_PER_FILE = 20

const FOLDERS = [
  'groups',
  'propertiesGoods',
  'propertiesOffers',
  'priceLists',
  'storages',
  'units',
  'goods',
  'offers',
  'prices',
  'rests',
  'contragents',
]

export const split31: Layout = {
  files,
  pictures: 'goods',
  // The real thing: a BOM everywhere but in the goods.
  bom: (name) => !name.startsWith('goods/'),
  owns: new RegExp(`^(?:${FOLDERS.join('|')})$`),
}

function* files(model: Export): Generator<LayoutFile> {
  const { groups, properties, offerProperties, priceTypes, warehouses, units } = model
  const { goods, offers, prices, stock, customers } = model
  const document = (...body: Iterable<string>[]) => root(VERSION_3_1, model, ...body)
  const inClassifier = (name: string, elements: Iterable<string>) =>
    document(catalogueHead(model), classifier(model, list(name, elements)))
  const inOffers = (elements: Iterable<string>) => document(offerPack(model, list('Предложения', elements)))

  if (groups) yield { name: 'groups/groups.xml', text: inClassifier('Группы', each(groups, groupElement)) }
  if (properties) {
    for (const [name, part] of parts('propertiesGoods', properties, model)) {
      yield { name, text: inClassifier('Свойства', each(part, propertyElement)) }
    }
  }
  if (offerProperties) {
    for (const [name, part] of parts('propertiesOffers', offerProperties, model)) {
      const elements = list('Свойства', each(part, propertyElement))
      yield { name, text: document(offerPack(model), classifier(model, elements)) }
    }
  }
  if (priceTypes) {
    yield { name: 'priceLists/priceLists.xml', text: inClassifier('ТипыЦен', each(priceTypes, priceTypeElement)) }
  }
  if (warehouses) {
    yield { name: 'storages/storages.xml', text: inClassifier('Склады', each(warehouses, warehouseElement)) }
  }
  if (units) yield { name: 'units/units.xml', text: inClassifier('ЕдиницыИзмерения', each(units, unitElement)) }
  if (goods) yield { name: 'goods/goods.xml', text: document(catalogue(model, each(goods, goodElement))) }
  if (offers) yield { name: 'offers/offers.xml', text: inOffers(each(offers, (offer) => offerElement({ offer }))) }
  if (prices) {
    const elements = each(byOffer(prices), ([id, rows]) => offerElement({ id, prices: pricesOf(rows) }))
    yield { name: 'prices/prices.xml', text: inOffers(elements) }
  }
  if (stock) {
    const elements = each(byOffer(stock), ([id, rows]) => offerElement({ id, stock: stockByWarehouse(rows) }))
    yield { name: 'rests/rests.xml', text: inOffers(elements) }
  }
  if (customers) {
    yield { name: 'contragents/contragents.xml', text: document(customerList(model, each(customers, customerElement))) }
  }
}

/** One file while it is short; then numbered parts, each with a GUID in its name. */
function parts(kind: string, properties: readonly Property[], { catalogueId }: Export): [string, Property[]][] {
  const found: [string, Property[]][] = []
  for (let start = 0; start < properties.length || start === 0; start += PROPERTIES_PER_FILE) {
    const number = found.length + 1
    const guid = catalogueId.slice(0, -4) + number.toString(16).padStart(4, '0')
    found.push([`${kind}/${kind}_1_${number}_${guid}.xml`, properties.slice(start, start + PROPERTIES_PER_FILE)])
  }
  return found.length > 1 ? found : found.map(([, part]) => [`${kind}/${kind}.xml`, part])
}
