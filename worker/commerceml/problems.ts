import type { Element } from './element'
import type { ProblemRecord, RecordKind } from './records'

/** What the operator calls a record of each kind, in the nominative. */
const NOUNS: Record<RecordKind, string> = {
  group: 'Группа',
  property: 'Свойство',
  propertyValue: 'Значение свойства',
  priceType: 'Тип цены',
  warehouse: 'Склад',
  good: 'Товар',
  offer: 'Предложение',
  price: 'Цена',
  stock: 'Остаток',
  picture: 'Картинка',
  customer: 'Контрагент',
}

export const missingId = (of: RecordKind, { line }: Element, field = 'Ид'): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'missing_id',
  line,
  externalId: null,
  field,
  message: `${NOUNS[of]}: поле «${field}» пусто или длиннее 255 символов. Заполните его в 1С и выгрузите снова.`,
})

export const missingName = (of: RecordKind, { line }: Element, id: string): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'missing_name',
  line,
  externalId: id,
  field: 'Наименование',
  message: `${NOUNS[of]} без наименования. Заполните наименование в 1С и выгрузите снова.`,
})

export const badNumber = (
  of: RecordKind,
  { line }: Element,
  id: string,
  field: string,
  raw: string,
): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'bad_number',
  line,
  externalId: id,
  field,
  // What stands there may be anything, of any length.
  message: `${NOUNS[of]}: «${raw.trim().slice(0, 60)}» в поле «${field}» — не число или слишком велико. Исправьте его в 1С и выгрузите снова.`,
})
