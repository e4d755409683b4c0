// The 3.1 split layout: a folder for each kind, as «Обмен с сайтом» of 1C:Управление торговлей 11 writes it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import {
  goodElement,
  groupElement,
  offerElement,
  pricedOfferElement,
  priceTypeElement,
  propertyElement,
  stockedOfferElement,
  unitElement,
  warehouseElement,
} from '@/scripts/sample/elements'
import type { Export, Property } from '@/scripts/sample/model'
import { writeText } from '@/scripts/sample/output'
import { escapeXml } from '@/scripts/sample/xml'

/** 1C starts another file of properties after this many. */
const PROPERTIES_PER_FILE = 20

export interface WrittenFile {
  /** Path inside the export. */
  name: string
  bytes: number
}

/** Writes the export into a directory and returns its files. What was in the folders of the layout before is removed. */
export async function writeSplit31(directory: string, model: Export): Promise<WrittenFile[]> {
  const written: WrittenFile[] = []
  for (const folder of FOLDERS) await rm(path.join(directory, folder), { recursive: true, force: true })
  for (const { name, text } of filesOf(model)) {
    // The real thing: a BOM everywhere but in the goods.
    const bytes = await writeText(path.join(directory, name), text, { bom: !name.startsWith('goods/') })
    written.push({ name, bytes })
  }
  return written
}

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
]

function* filesOf(model: Export): Generator<{ name: string; text: Iterable<string> }> {
  const { groups, properties, offerProperties, priceTypes, warehouses, units, goods, offers, prices, stock } = model
  const inClassifier = (list: string, elements: Iterable<string>) =>
    document(model, catalogueHead(model), classifier(model, list, elements))

  if (groups) yield { name: 'groups/groups.xml', text: inClassifier('Группы', each(groups, groupElement)) }
  if (properties) {
    for (const [name, part] of parts('propertiesGoods', properties, model)) {
      yield { name, text: inClassifier('Свойства', each(part, propertyElement)) }
    }
  }
  if (offerProperties) {
    for (const [name, part] of parts('propertiesOffers', offerProperties, model)) {
      const body = classifier(model, 'Свойства', each(part, propertyElement))
      yield { name, text: document(model, offersHead(model, '\t</ПакетПредложений>\n'), body) }
    }
  }
  if (priceTypes) {
    yield { name: 'priceLists/priceLists.xml', text: inClassifier('ТипыЦен', each(priceTypes, priceTypeElement)) }
  }
  if (warehouses) {
    yield { name: 'storages/storages.xml', text: inClassifier('Склады', each(warehouses, warehouseElement)) }
  }
  if (units) yield { name: 'units/units.xml', text: inClassifier('ЕдиницыИзмерения', each(units, unitElement)) }
  if (goods) yield { name: 'goods/goods.xml', text: document(model, catalogue(model, each(goods, goodElement))) }
  if (offers) yield { name: 'offers/offers.xml', text: document(model, offerPack(model, each(offers, offerElement))) }
  if (prices) {
    yield { name: 'prices/prices.xml', text: document(model, offerPack(model, byOffer(prices, pricedOfferElement))) }
  }
  if (stock) {
    yield { name: 'rests/rests.xml', text: document(model, offerPack(model, byOffer(stock, stockedOfferElement))) }
  }
}

/** One file while it is short; then numbered parts, each with a GUID in its name. */
function parts(kind: string, properties: readonly Property[], { catalogueId }: Export): [string, Property[]][] {
  const files: [string, Property[]][] = []
  for (let start = 0; start < properties.length || start === 0; start += PROPERTIES_PER_FILE) {
    const number = files.length + 1
    const guid = catalogueId.slice(0, -4) + number.toString(16).padStart(4, '0')
    files.push([`${kind}/${kind}_1_${number}_${guid}.xml`, properties.slice(start, start + PROPERTIES_PER_FILE)])
  }
  return files.length > 1 ? files : files.map(([, part]) => [`${kind}/${kind}.xml`, part])
}

function* each<T>(items: Iterable<T>, element: (item: T) => string): Generator<string> {
  for (const item of items) yield element(item)
}

function* byOffer<T extends { offerId: string }>(
  rows: Iterable<T>,
  element: (offerId: string, rows: readonly T[]) => string,
): Generator<string> {
  let together: T[] = []
  for (const row of rows) {
    const offerId = together[0]?.offerId
    if (offerId !== undefined && offerId !== row.offerId) {
      yield element(offerId, together)
      together = []
    }
    together.push(row)
  }
  if (together[0]) yield element(together[0].offerId, together)
}

const NAMESPACES =
  'xmlns="urn:1C.ru:commerceml_3" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** A whole file: declaration, root and what is in it. */
export function* document({ writtenAt }: Pick<Export, 'writtenAt'>, ...body: Iterable<string>[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<КоммерческаяИнформация ${NAMESPACES} ВерсияСхемы="3.1" ДатаФормирования="${writtenAt}" Ид="Обмен с сайтом">\n`
  for (const part of body) yield* part
  yield '</КоммерческаяИнформация>'
}

const onlyChanges = ({ delta }: Export) => `СодержитТолькоИзменения="${delta}"`

function* catalogueHead(model: Export): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<Каталог ${onlyChanges(model)}>\n\t\t<Ид>${id}</Ид>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n` +
    '\t\t<Наименование>Товары 1С</Наименование>\n\t\t<Описание>Товары 1С</Описание>\n\t</Каталог>\n'
}

function* classifier(model: Export, list: string, elements: Iterable<string>): Generator<string> {
  yield `\t<Классификатор ${onlyChanges(model)}>\n\t\t<Ид>${escapeXml(model.catalogueId)}</Ид>\n`
  yield `\t\t<Наименование>Товары 1С</Наименование>\n\t\t<${list}>\n`
  yield* elements
  yield `\t\t</${list}>\n\t</Классификатор>\n`
}

function* catalogue(model: Export, elements: Iterable<string>): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<Каталог ${onlyChanges(model)}>\n\t\t<Ид>${id}</Ид>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n`
  yield '\t\t<Наименование>Товары 1С</Наименование>\n\t\t<Товары>\n'
  yield* elements
  yield '\t\t</Товары>\n\t\t<Описание>Товары 1С</Описание>\n\t</Каталог>\n'
}

function* offersHead(model: Export, end = ''): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<ПакетПредложений ${onlyChanges(model)}>\n\t\t<Ид>#${id}</Ид>\n` +
    '\t\t<Наименование>Пакет предложений (Товары 1С)</Наименование>\n' +
    `\t\t<ИдКаталога>${id}</ИдКаталога>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n${end}`
}

function* offerPack(model: Export, elements: Iterable<string>): Generator<string> {
  yield* offersHead(model)
  yield '\t\t<Предложения>\n'
  yield* elements
  yield '\t\t</Предложения>\n\t</ПакетПредложений>\n'
}
