import { isDeleted, nameless } from './classifier'
import { child, childrenOf, type Element, listedIn, textIn } from './element'
import {
  offerOf,
  offerOrMark,
  ownerIdOf,
  partsWithoutOwner,
  productIdOf,
  readPictures,
  readPrices,
  readStock,
} from './offer'
import { badNumber, missingId } from './problems'
import type { DeletionRecord, GoodRecord, ProblemRecord, PropertyAssignment, SourceRecord } from './records'
import { decimalOf, idOf, isEmptyValue, textOf } from './values'

/** `Товар` → a good with whatever else it carries (COMMERCEML.md §5, Goods). */
export function readGoodAndParts(element: Element, scopeId: string | null): SourceRecord[] {
  const id = ownerIdOf(element)
  if (!id) return [missingId('good', element), ...partsWithoutOwner(element)]
  const parts = [...readPrices(element, id), ...readStock(element, id), ...readPictures(element, id)]
  const productId = productIdOf(id)
  const good = readGood(element, productId, scopeId)
  // Up to 2.04 a variant is a good of its own, under its composite id: there alone stand its characteristics.
  if (productId === id || good.kind === 'problem') return [good, ...parts]
  // A mark is the variant's: of the good, which may have others, it says nothing.
  if (good.deleted) return [{ ...offerOrMark(element, id, scopeId), fromGood: true }, ...parts]
  return [{ ...good, barcode: null }, { ...offerOf(element, id, scopeId), fromGood: true }, ...parts]
}

/** The good itself, or the problem that keeps it from being one. */
function readGood(element: Element, id: string, scopeId: string | null): GoodRecord | DeletionRecord | ProblemRecord {
  const deleted = isDeleted(element)
  const name = textOf(textIn(element, 'Наименование'))
  if (!name) return nameless('good', element, id)
  const vat = vatOf(element)
  const vatRate = decimalOf(vat, 3)
  if (vatRate === undefined) return badNumber('good', element, id, 'СтавкаНалога', vat ?? '')
  return {
    kind: 'good',
    line: element.line,
    scopeId,
    id,
    name,
    article: textOf(textIn(element, 'Артикул')),
    description: textOf(textIn(element, 'Описание')),
    barcode: textOf(textIn(element, 'Штрихкод')),
    unit: unitOf(child(element, 'БазоваяЕдиница')),
    country: textOf(textIn(element, 'Страна')),
    manufacturer: manufacturerOf(child(element, 'Изготовитель')),
    vatRate,
    groupIds: groupIdsOf(element),
    properties: propertiesOf(element),
    requisites: requisitesOf(element),
    deleted,
  }
}

/** The unit's text; where it only describes itself, in attributes or elements, its code. */
const unitOf = (unit: Element | undefined): string | null =>
  textOf(unit?.text) ?? textOf(unit?.attributes.Код) ?? textOf(textIn(unit, 'Код'))

/** The VAT rate as written, as «20», «20%», «НДС 20%»; undefined where there is none: «Без НДС», «Без налога». */
function vatOf(element: Element): string | undefined {
  const taxes = listedIn(element, 'СтавкиНалогов', 'СтавкаНалога')
  const vat = taxes.find((tax) => textOf(textIn(tax, 'Наименование'))?.toUpperCase() === 'НДС')
  const told = textOf(textIn(vat, 'Ставка')) ?? textOf(textIn(element, 'СтавкаНДС')) ?? ''
  const rate = told.replace('%', '').replace(/^НДС/i, '')
  return /^\s*(?:без|не облаг)/i.test(rate) ? undefined : rate
}

function manufacturerOf(element: Element | undefined) {
  const id = idOf(textIn(element, 'Ид'))
  const name =
    textOf(textIn(element, 'Наименование')) ??
    textOf(textIn(element, 'ОфициальноеНаименование')) ??
    textOf(element?.text)
  return id || name ? { id, name } : null
}

function groupIdsOf(element: Element): string[] | null {
  const named = distinctIds(listedIn(element, 'Группы', 'Ид').map(({ text }) => text))
  if (named.length > 0) return named
  const categories = childrenOf(element, 'Категория')
  if (categories.length === 0) return child(element, 'Группы') ? [] : null
  return distinctIds(categories.map((category) => textIn(category, 'Ид') ?? category.text))
}

const distinctIds = (raw: string[]): string[] => [...new Set(raw.flatMap((id) => idOf(id) ?? []))]

/** What a good says of properties, without 1C's empty values; null when it says nothing at all. */
function propertiesOf(element: Element): PropertyAssignment[] | null {
  if (!child(element, 'ЗначенияСвойств')) return null
  const properties: PropertyAssignment[] = []
  for (const assignment of listedIn(element, 'ЗначенияСвойств', 'ЗначенияСвойства', 'ЗначениеСвойства')) {
    const propertyId = idOf(textIn(assignment, 'Ид'))
    if (propertyId) addValues(properties, propertyId, assignment)
  }
  return properties
}

/** One value, several, or several nested in `ЗначениеСвойства`. */
function addValues(properties: PropertyAssignment[], propertyId: string, assignment: Element): void {
  const listed = textIn(assignment, 'Значение')?.trim() ? 'Значение' : 'ИдЗначения'
  for (const { text } of childrenOf(assignment, listed)) {
    const value = text.trim()
    if (!isEmptyValue(value)) properties.push({ propertyId, value, number: decimalOf(value, 14) ?? null })
  }
  for (const nested of childrenOf(assignment, 'ЗначениеСвойства', 'ЗначенияСвойства')) {
    addValues(properties, propertyId, nested)
  }
}

function requisitesOf(element: Element): Record<string, string | string[]> {
  const requisites: Record<string, string | string[]> = {}
  for (const requisite of listedIn(element, 'ЗначенияРеквизитов', 'ЗначениеРеквизита')) {
    const name = textOf(textIn(requisite, 'Наименование'))
    const value = textIn(requisite, 'Значение')?.trim() ?? ''
    if (!name || isEmptyValue(value)) continue
    const earlier = Object.hasOwn(requisites, name) ? requisites[name] : undefined
    requisites[name] = earlier === undefined ? value : [earlier, value].flat()
  }
  return requisites
}
