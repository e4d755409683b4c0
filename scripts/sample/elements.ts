// Model → XML: one function for each thing that CommerceML lists, with the tags in the order 1C writes them.
import type {
  Customer,
  Good,
  Group,
  NamedValue,
  Offer,
  Price,
  PriceType,
  Property,
  PropertyValue,
  Stock,
  Unit,
  Warehouse,
} from '@/scripts/sample/model'
import { block, escapeXml, line } from '@/scripts/sample/xml'

// Everything listed stands in КоммерческаяИнформация / … / a list: three levels down.
const T3 = '\t\t\t'
const T4 = `${T3}\t`
const T5 = `${T4}\t`
const T6 = `${T5}\t`
const T7 = `${T6}\t`

const marks = (indent: string, deleted = false) =>
  `${indent}<НомерВерсии>AAAAAAAAAAE=</НомерВерсии>\n${indent}<ПометкаУдаления>${deleted}</ПометкаУдаления>\n`

const idAndMarks = (indent: string, { id, deleted }: { id: string; deleted?: boolean | undefined }) =>
  line(indent, 'Ид', id) + marks(indent, deleted)

const SIZES = `${T4}<Ширина>0</Ширина>\n${T4}<Длина>0</Длина>\n${T4}<Высота>0</Высота>\n`

/** Группа, with the groups inside it. */
export function groupElement(group: Group, indent = T3): string {
  const inner = `${indent}\t`
  const children = (group.children ?? []).map((child) => groupElement(child, `${inner}\t`)).join('')
  return block(
    indent,
    'Группа',
    idAndMarks(inner, group) +
      line(inner, 'Наименование', group.name) +
      line(inner, 'Описание', group.description) +
      block(inner, 'Группы', children),
  )
}

/** Свойство, with its list of values. */
export function propertyElement(property: Property): string {
  const values = (property.values ?? []).map(({ id, value }) =>
    block(T5, 'Справочник', line(T6, 'ИдЗначения', id) + line(T6, 'Значение', value)),
  )
  return block(
    T3,
    'Свойство',
    line(T4, 'Ид', property.id) +
      line(T4, 'Наименование', property.name) +
      marks(T4, property.deleted) +
      `${T4}<Внешний>false</Внешний>\n${T4}<Информационное>true</Информационное>\n` +
      line(T4, 'ТипЗначений', property.type) +
      block(T4, 'ВариантыЗначений', values.join('')),
  )
}

const TAX_OF_PRICE_TYPE = block(
  T4,
  'Налог',
  `${T5}<Наименование>НДС</Наименование>\n${T5}<УчтеноВСумме>true</УчтеноВСумме>\n${T5}<Акциз>false</Акциз>\n`,
)

/** ТипЦены */
export const priceTypeElement = (type: PriceType): string =>
  block(
    T3,
    'ТипЦены',
    idAndMarks(T4, type) + line(T4, 'Наименование', type.name) + line(T4, 'Валюта', type.currency) + TAX_OF_PRICE_TYPE,
  )

/** Склад */
export const warehouseElement = (warehouse: Warehouse): string =>
  block(T3, 'Склад', idAndMarks(T4, warehouse) + line(T4, 'Наименование', warehouse.name))

/** ЕдиницаИзмерения */
export const unitElement = (unit: Unit): string =>
  block(
    T3,
    'ЕдиницаИзмерения',
    idAndMarks(T4, unit) +
      line(T4, 'НаименованиеКраткое', unit.shortName) +
      line(T4, 'Код', unit.id) +
      line(T4, 'НаименованиеПолное', unit.fullName) +
      line(T4, 'МеждународноеСокращение', ''),
  )

function propertyValueElements(values: readonly PropertyValue[] = []): string {
  let lines = ''
  for (const { propertyId, value } of values) {
    const several = typeof value === 'string' ? [value] : value
    lines += `${T5}<ЗначенияСвойства>\n${line(T6, 'Ид', propertyId)}`
    for (const one of several) lines += line(T6, 'Значение', one)
    lines += `${T5}</ЗначенияСвойства>\n`
  }
  return block(T4, 'ЗначенияСвойств', lines)
}

function namedValueElements(list: string, item: string, values: readonly NamedValue[] = []): string {
  let lines = ''
  for (const { name, value } of values) {
    lines += `${T5}<${item}>\n${line(T6, 'Наименование', name)}${line(T6, 'Значение', value)}${T5}</${item}>\n`
  }
  return block(T4, list, lines)
}

const pictureLines = (pictures: readonly string[] = []) => pictures.map((name) => line(T4, 'Картинка', name)).join('')

/** Товар */
export function goodElement(good: Good): string {
  const { manufacturer } = good
  const maker = manufacturer
    ? line(T5, 'Ид', manufacturer.id) +
      line(T5, 'Наименование', manufacturer.name) +
      line(T5, 'ОфициальноеНаименование', manufacturer.name)
    : ''
  const tax =
    good.vat === undefined
      ? ''
      : block(T5, 'СтавкаНалога', line(T6, 'Наименование', 'НДС') + line(T6, 'Ставка', good.vat))
  return block(
    T3,
    'Товар',
    idAndMarks(T4, good) +
      line(T4, 'Штрихкод', good.barcode) +
      line(T4, 'Артикул', good.article) +
      line(T4, 'Наименование', good.name) +
      line(T4, 'БазоваяЕдиница', good.unit) +
      block(T4, 'Группы', (good.groupIds ?? []).map((id) => line(T5, 'Ид', id)).join('')) +
      line(T4, 'Описание', good.description) +
      pictureLines(good.pictures) +
      line(T4, 'Страна', good.country) +
      block(T4, 'Изготовитель', maker) +
      propertyValueElements(good.properties) +
      block(T4, 'СтавкиНалогов', tax) +
      namedValueElements('ЗначенияРеквизитов', 'ЗначениеРеквизита', good.requisites) +
      SIZES,
  )
}

/** `Предложение` with whatever is at hand of it: itself, its prices, its stock, or all of them. */
export function offerElement({ offer, id = offer?.id ?? '', prices = '', stock = '' }: OfferParts): string {
  const own = offer
    ? marks(T4, offer.deleted) +
      line(T4, 'Штрихкод', offer.barcode) +
      line(T4, 'Артикул', offer.article) +
      line(T4, 'Наименование', offer.name) +
      pictureLines(offer.pictures) +
      namedValueElements('ХарактеристикиТовара', 'ХарактеристикаТовара', offer.characteristics) +
      propertyValueElements(offer.properties) +
      SIZES
    : ''
  return block(T3, 'Предложение', line(T4, 'Ид', id) + own + prices + stock)
}

interface OfferParts {
  id?: string
  offer?: Offer | undefined
  /** From pricesOf. */
  prices?: string
  /** From stockByWarehouse or stockInAttributes. */
  stock?: string
}

const TAX_OF_PRICE = block(
  T6,
  'Налог',
  `${T7}<Наименование>НДС</Наименование>\n${T7}<УчтеноВСумме>true</УчтеноВСумме>\n`,
)

/** The prices of one offer. */
export function pricesOf(prices: readonly Price[]): string {
  let lines = ''
  for (const { value, currency, priceTypeId, unit, ratio, minQuantity } of prices) {
    lines +=
      `${T5}<Цена>\n` +
      line(T6, 'Представление', `${value} ${currency ?? ''}`) +
      line(T6, 'ИдТипаЦены', priceTypeId) +
      line(T6, 'ЦенаЗаЕдиницу', value) +
      line(T6, 'Валюта', currency) +
      line(T6, 'Единица', unit) +
      line(T6, 'Коэффициент', ratio) +
      line(T6, 'КоличествоОт', minQuantity) +
      TAX_OF_PRICE +
      `${T5}</Цена>\n`
  }
  return block(T4, 'Цены', lines)
}

/** The stock of one offer, as the split layouts have it. */
export function stockByWarehouse(stock: readonly Stock[]): string {
  let lines = ''
  for (const { warehouseId, quantity } of stock) {
    lines +=
      `${T5}<Остаток>\n${T6}<Склад>\n` +
      `${T7}<Ид>${escapeXml(warehouseId)}</Ид>\n${line(T7, 'Количество', quantity)}` +
      `${T6}</Склад>\n${T5}</Остаток>\n`
  }
  return block(T4, 'Остатки', lines)
}

/** The stock of one offer, as the classic layout has it: the total, where it can be told, and its parts beside it. */
export function stockInAttributes(stock: readonly Stock[]): string {
  const whole = stock.every(({ quantity }) => /^\d+$/.test(quantity))
  let lines = whole ? line(T4, 'Количество', `${stock.reduce((sum, { quantity }) => sum + Number(quantity), 0)}`) : ''
  for (const { warehouseId, quantity } of stock) {
    lines += `${T4}<Склад ИдСклада="${escapeXml(warehouseId)}" КоличествоНаСкладе="${escapeXml(quantity)}"/>\n`
  }
  return lines
}

/** Контрагент */
export function customerElement(customer: Customer): string {
  const T2 = '\t\t'
  const contact = (type: string, value: string | undefined) =>
    value === undefined ? '' : block(T4, 'Контакт', line(T5, 'Тип', type) + line(T5, 'Значение', value))
  const address = line(T4, 'Представление', customer.address)
  return block(
    T2,
    'Контрагент',
    idAndMarks(T3, customer) +
      line(T3, 'Наименование', customer.name) +
      line(T3, 'ПолноеНаименование', customer.fullName) +
      (customer.roles ?? []).map((role) => line(T3, 'Роль', role)).join('') +
      line(T3, 'ИНН', customer.inn) +
      line(T3, 'КПП', customer.kpp) +
      block(T3, 'АдресРегистрации', address) +
      block(T3, 'Контакты', contact('Почта', customer.email) + contact('ТелефонРабочий', customer.phone)),
  )
}
