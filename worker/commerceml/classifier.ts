import { child, type Element, textIn } from './element'
import { missingId, missingName } from './problems'
import type { DeletionRecord, ProblemRecord, PropertyType, RecordKind, SourceRecord } from './records'
import { currencyOf, idOf, isDeletedStatus, isTrue, textOf } from './values'

/** Whether the thing is marked as deleted, in any of the ways CommerceML has (COMMERCEML.md §2). */
export const isDeleted = (element: Element): boolean =>
  isTrue(textIn(element, 'ПометкаУдаления')) ||
  isTrue(element.attributes.ПометкаУдаления) ||
  isDeletedStatus(element.attributes.Статус) ||
  isDeletedStatus(textIn(element, 'Статус'))

/** What a thing without a name is: a deletion mark on its own, or a problem. */
export const nameless = (of: RecordKind, element: Element, id: string): DeletionRecord | ProblemRecord =>
  isDeleted(element) ? markOf(of, element, id) : missingName(of, element, id)

/** A deletion mark on its own: the thing is gone, and nothing else is said of it. */
export const markOf = (of: RecordKind, { line }: Element, id: string): DeletionRecord => ({
  kind: 'deletion',
  line,
  of,
  id,
  deleted: true,
})

export function readGroup(
  element: Element,
  parent: { element: Element } | null,
  place: { seq: number; parentSeq: number | null; scopeId: string | null },
): SourceRecord {
  const id = idOf(textIn(element, 'Ид'))
  if (!id) return missingId('group', element)
  const name = textOf(textIn(element, 'Наименование'))
  if (!name) return nameless('group', element, id)
  const description = textOf(textIn(element, 'Описание'))
  const parentId = idOf(textIn(parent?.element, 'Ид'))
  return { kind: 'group', line: element.line, ...place, parentId, id, name, description, deleted: isDeleted(element) }
}

const PROPERTY_TYPES: Record<string, PropertyType> = {
  справочник: 'reference',
  строка: 'text',
  число: 'number',
  время: 'date',
  булево: 'boolean',
}

export function readProperty(element: Element, seq: number): SourceRecord {
  const id = idOf(textIn(element, 'Ид'))
  if (!id) return missingId('property', element)
  const name = textOf(textIn(element, 'Наименование'))
  if (!name) return nameless('property', element, id)
  const declared = textOf(textIn(element, 'ТипЗначений'))?.toLowerCase() ?? ''
  const byContent = child(element, 'ВариантыЗначений') ? 'reference' : 'text'
  const type = PROPERTY_TYPES[declared] ?? byContent
  return { kind: 'property', line: element.line, seq, id, name, type, deleted: isDeleted(element) }
}

export function readPropertyValue(element: Element, propertySeq: number): SourceRecord {
  const id = idOf(textIn(element, 'ИдЗначения'))
  // A value may well be «-»: only the spaces go.
  const value = textIn(element, 'Значение')?.trim()
  if (!id && !value) return emptyValue(element)
  if (!id) return missingId('propertyValue', element, 'ИдЗначения')
  if (!value) return { ...missingName('propertyValue', element, id), field: 'Значение' }
  return { kind: 'propertyValue', line: element.line, propertySeq, id, value }
}

/** 1C lists its empty value among the others; there is nothing in it to mend. */
const emptyValue = (element: Element): SourceRecord => ({
  ...missingId('propertyValue', element, 'ИдЗначения'),
  severity: 'warning',
  skipped: true,
  sentence: { key: 'emptyValue' },
})

export function readPriceType(element: Element): SourceRecord {
  const id = idOf(textIn(element, 'Ид'))
  if (!id) return missingId('priceType', element)
  const name = textOf(textIn(element, 'Наименование'))
  if (!name) return nameless('priceType', element, id)
  const currency = currencyOf(textIn(element, 'Валюта'))
  return { kind: 'priceType', line: element.line, id, name, currency, deleted: isDeleted(element) }
}

/** A unit of measure; one without an id and a code means nothing to anybody. */
export function readUnit(element: Element): SourceRecord[] {
  const code = idOf(textIn(element, 'Код'))
  const id = idOf(textIn(element, 'Ид')) ?? code
  if (!id) return []
  return [
    {
      kind: 'unit',
      line: element.line,
      id,
      code: code ?? id,
      name: textOf(textIn(element, 'НаименованиеКраткое')) ?? textOf(textIn(element, 'Наименование')),
      fullName: textOf(textIn(element, 'НаименованиеПолное')),
      international: textOf(textIn(element, 'МеждународноеСокращение')),
    },
  ]
}

export function readWarehouse(element: Element): SourceRecord {
  const id = idOf(textIn(element, 'Ид'))
  if (!id) return missingId('warehouse', element)
  const name = textOf(textIn(element, 'Наименование'))
  if (!name) return nameless('warehouse', element, id)
  return { kind: 'warehouse', line: element.line, id, name, deleted: isDeleted(element) }
}
