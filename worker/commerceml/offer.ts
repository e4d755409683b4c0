import { isDeleted, markOf } from './classifier'
import { child, childrenOf, type Element, hasAny, listedIn, textIn } from './element'
import { badNumber, missingId } from './problems'
import type { DeletionRecord, OfferRecord, PictureOwner, SourceRecord } from './records'
import { sizeInName, variantTraits } from './traits'
import { currencyOf, decimalOf, idOf, isEmptyValue, textOf } from './values'

/** Elements that only an offer itself has; with prices or stock alone, `Предложение` just says whose they are. */
const OFFER_FIELDS = new Set([
  'Наименование',
  'Артикул',
  'Штрихкод',
  'ХарактеристикиТовара',
  'ЗначенияСвойств',
  'БазоваяЕдиница',
  'Картинка',
])

const STOCK_FIELDS = new Set(['Остатки', 'Остаток', 'Склады', 'Склад', 'Количество'])
/** What a `Предложение` has that only tells a price or a stock. */
const PART_FIELDS = new Set(['Цены', ...STOCK_FIELDS])
const MARK_FIELDS = new Set(['ПометкаУдаления', 'Статус'])

const NONE: SourceRecord[] = []

/** `Предложение` → the offer, its prices and its stock, as far as it has them (COMMERCEML.md §5). */
export function readOffer(element: Element, scopeId: string | null): SourceRecord[] {
  const id = ownerIdOf(element)
  const isOffer = hasAny(element, OFFER_FIELDS) || isMentioned(element, id)
  if (!id) {
    const parts = partsWithoutOwner(element)
    return isOffer || parts.length === 0 ? [missingId('offer', element), ...parts] : parts
  }
  const records: SourceRecord[] = isOffer ? [offerOrMark(element, id, scopeId)] : []
  return records.concat(readPrices(element, id), readStock(element, id), readPictures(element, id))
}

/** Prices and stock of a thing without an id: lost each for itself, whatever steps run. */
export const partsWithoutOwner = (element: Element): SourceRecord[] =>
  [...readPrices(element, ''), ...readStock(element, '')].map((record) => {
    const of = record.kind === 'price' || (record.kind === 'problem' && record.of === 'price') ? 'price' : 'stock'
    return { ...missingId(of, element), line: record.line }
  })

/**
 * An id and nothing else says that there is this variant; that of a good says so only with a word on its deletion. Beside
 * a price or stock, «not deleted» is no description: it would take the place of the offer's own.
 */
function isMentioned(element: Element, id: string | null): boolean {
  const { Статус, ПометкаУдаления } = element.attributes
  const isMarked = Статус !== undefined || ПометкаУдаления !== undefined || hasAny(element, MARK_FIELDS)
  if (hasAny(element, PART_FIELDS)) return isMarked && isDeleted(element)
  return isMarked || (id !== null && productIdOf(id) !== id)
}

/** The id of a good or an offer; a composite one without the good's is none. */
export function ownerIdOf(element: Element): string | null {
  const id = idOf(textIn(element, 'Ид'))
  return id?.startsWith('#') ? null : id
}

/** The part of a composite id that names the good. */
export function productIdOf(id: string): string {
  const hash = id.indexOf('#')
  return hash < 0 ? id : id.slice(0, hash).trimEnd()
}

/** A mark with nothing to go by changes nothing else of the offer. */
export const offerOrMark = (element: Element, id: string, scopeId: string | null): OfferRecord | DeletionRecord =>
  isDeleted(element) && !textOf(textIn(element, 'Наименование'))
    ? markOf('offer', element, id)
    : offerOf(element, id, scopeId)

export function offerOf(element: Element, id: string, scopeId: string | null): OfferRecord {
  const name = textOf(textIn(element, 'Наименование'))
  const characteristics: { name: string; value: string }[] = []
  for (const item of listedIn(element, 'ХарактеристикиТовара', 'ХарактеристикаТовара')) {
    const trait = textOf(textIn(item, 'Наименование'))
    const value = textIn(item, 'Значение')?.trim() ?? ''
    if (trait && !isEmptyValue(value)) characteristics.push({ name: trait, value })
  }
  const { color, size, isChildSize } = variantTraits(characteristics)
  return {
    kind: 'offer',
    line: element.line,
    scopeId,
    id,
    productId: productIdOf(id),
    name,
    article: textOf(textIn(element, 'Артикул')),
    barcode: textOf(textIn(element, 'Штрихкод')),
    color,
    size: size ?? (name ? sizeInName(name) : null),
    isChildSize,
    characteristics: child(element, 'ХарактеристикиТовара') ? characteristics : null,
    deleted: isDeleted(element),
  }
}

/** Half of the last digit that a price is stored with: what is less is zero. */
const SMALLEST_PRICE = 0.00005

/** The prices of an offer, or of a good that carries them itself. */
export const readPrices = (element: Element, offerId: string): SourceRecord[] => {
  const prices = listedIn(element, 'Цены', 'Цена')
  return prices.length > 0 ? prices.map((price) => readPrice(price, offerId)) : NONE
}

function readPrice(price: Element, offerId: string): SourceRecord {
  const priceTypeId = idOf(textIn(price, 'ИдТипаЦены'))
  if (!priceTypeId) return { ...missingId('price', price, 'ИдТипаЦены'), externalId: offerId }
  const value = decimalOf(textIn(price, 'ЦенаЗаЕдиницу'), 11)
  const ratio = decimalOf(textIn(price, 'Коэффициент'), 9)
  const minQuantity = decimalOf(textIn(price, 'КоличествоОт'), 12)
  if (value === undefined) return badPrice(price, offerId, 'ЦенаЗаЕдиницу')
  if (ratio === undefined) return badPrice(price, offerId, 'Коэффициент')
  if (minQuantity === undefined) return badPrice(price, offerId, 'КоличествоОт')
  return {
    kind: 'price',
    line: price.line,
    offerId,
    priceTypeId,
    minQuantity: minQuantity ?? '0',
    // An empty or zero price means no price.
    value: value !== null && Math.abs(Number(value)) >= SMALLEST_PRICE ? value : null,
    currency: currencyOf(textIn(price, 'Валюта')),
    unit: textOf(textIn(price, 'Единица')),
    ratio,
  }
}

const badPrice = (price: Element, offerId: string, field: string): SourceRecord =>
  badNumber('price', price, offerId, field, textIn(price, field) ?? '')

/**
 * The pictures of a `Товар` or a `Предложение`, in its order, behind the word that they are all it has
 * (COMMERCEML.md §5, Images). One that names none says so only where it is described at all: beside prices or stock
 * alone, or under a deletion mark, `Картинка` is missing because nothing is said of it.
 */
export function readPictures(element: Element, ownerId: string): SourceRecord[] {
  // Up to 2.04 a variant may stand among the goods, under its composite id.
  const owner: PictureOwner = element.name === 'Товар' && productIdOf(ownerId) === ownerId ? 'good' : 'offer'
  const named = childrenOf(element, 'Картинка').filter(({ text }) => text.trim() !== '')
  if (named.length === 0 && (!child(element, 'Наименование') || isDeleted(element))) return []
  return [
    { kind: 'gallery', line: element.line, owner, ownerId },
    ...named.map(({ line, text }, position): SourceRecord => {
      return { kind: 'picture', line, owner, ownerId, path: text.trim(), position }
    }),
  ]
}

/** The stock of an offer, by warehouse. A total is never added to its own parts: it counts only where there are none. */
export function readStock(element: Element, offerId: string): SourceRecord[] {
  if (!hasAny(element, STOCK_FIELDS)) return NONE
  const parts: StockPart[] = []
  for (const rest of listedIn(element, 'Остатки', 'Остаток')) addParts(parts, rest)
  for (const rest of childrenOf(element, 'Остаток')) addParts(parts, rest)
  if (!parts.some(isOfWarehouse)) {
    for (const list of ['Остатки', 'Склады'])
      for (const warehouse of listedIn(element, list, 'Склад')) addPart(parts, warehouse)
    for (const warehouse of childrenOf(element, 'Склад')) addPart(parts, warehouse)
  }
  if (parts.length === 0) {
    const total = child(element, 'Количество')
    return total ? [readQuantity({ warehouse: '', quantity: total }, offerId)] : NONE
  }
  const counting = parts.some(isOfWarehouse) ? parts.filter(isOfWarehouse) : parts
  return counting.map((part) => readQuantity(part, offerId))
}

const isOfWarehouse = ({ warehouse }: StockPart): boolean => warehouse !== ''

function readQuantity({ warehouse, quantity }: StockPart, offerId: string): SourceRecord {
  const warehouseId = warehouse === '' ? '' : idOf(warehouse)
  if (warehouseId === null) return { ...missingId('stock', quantity, 'Склад'), externalId: offerId }
  const number = decimalOf(quantity.text, 12)
  if (number === undefined) return badNumber('stock', quantity, offerId, 'Количество', quantity.text)
  return { kind: 'stock', line: quantity.line, offerId, warehouseId, quantity: number ?? '0' }
}

/** A quantity where it stands, and the raw id of its warehouse; '' where none is named. */
interface StockPart {
  warehouse: string
  quantity: Element
}

function addParts(parts: StockPart[], rest: Element): void {
  const warehouses = childrenOf(rest, 'Склад')
  const before = parts.length
  for (const warehouse of warehouses) addPart(parts, warehouse)
  if (parts.length > before) return
  const quantity = child(rest, 'Количество')
  const warehouse = warehouses[0]
  const id = warehouse?.attributes.ИдСклада ?? textIn(warehouse, 'Ид') ?? warehouse?.text ?? ''
  if (quantity) parts.push({ warehouse: id.trim(), quantity })
}

function addPart(parts: StockPart[], warehouse: Element): void {
  const inAttribute = warehouse.attributes.КоличествоНаСкладе
  const quantity = inAttribute === undefined ? child(warehouse, 'Количество') : { ...warehouse, text: inAttribute }
  const id = warehouse.attributes.ИдСклада ?? textIn(warehouse, 'Ид')
  if (quantity && id !== undefined) parts.push({ warehouse: id.trim() || ' ', quantity })
}
