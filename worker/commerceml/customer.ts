import { isDeleted, markOf } from './classifier'
import { child, childrenOf, type Element, listedIn, textIn } from './element'
import { missingId } from './problems'
import type { CustomerRecord, ProblemRecord, SourceRecord } from './records'
import { idOf, textOf } from './values'

/** `Контрагент` → a customer, with what is doubtful about it (COMMERCEML.md §5, Customers). */
export function readCustomer(element: Element): SourceRecord[] {
  const id = idOf(textIn(element, 'Ид'))
  if (!id) return [missingId('customer', element)]
  const fullName = textOf(textIn(element, 'ПолноеНаименование')) ?? textOf(textIn(element, 'ОфициальноеНаименование'))
  const name = textOf(textIn(element, 'Наименование'))
  const roles = childrenOf(element, 'Роль').flatMap(({ text }) => textOf(text)?.toLowerCase() ?? [])
  if (roles.length > 0 && !roles.includes('покупатель')) return [notABuyer(element, id)]
  const deleted = isDeleted(element)
  if (!name && !fullName && deleted) return [markOf('customer', element, id)]
  const inn = digitsOf(textIn(element, 'ИНН'))
  const kpp = digitsOf(textIn(element, 'КПП'))
  const validInn = inn !== null && isValidInn(inn) ? inn : null
  const record: CustomerRecord = {
    kind: 'customer',
    line: element.line,
    id,
    customerKind: kindOf({ name, fullName, inn: validInn, kpp }),
    name,
    fullName,
    inn: validInn,
    kpp,
    // «Почта» may as well be a postal address.
    email: EMAIL.exec(contactOf(element, /почт[аы]|e-?mail/i, EMAIL) ?? '')?.[0].toLowerCase() ?? null,
    phone: phoneOf(contactOf(element, /телефон|phone/i, /\d/)),
    address: addressOf(element),
    deleted,
  }
  return inn !== null && validInn === null ? [record, wrongInn(element, id)] : [record]
}

/** One address, the first, where several stand together or a name stands beside it. */
const EMAIL = /[^\s@,;:<>"()]+@[^\s@,;:<>"()]+/

/** A word of its own, whatever stands around it: «Клуб, ООО», «ООО"Клуб"». */
const word = (words: string) => new RegExp(String.raw`(?<![\p{L}\d])(?:${words})(?![\p{L}\d])`, 'iu')

const FORM_OF_COMPANY = word(
  'ООО|ОАО|ЗАО|ПАО|НАО|АО|НКО|ФГУП|МУП|ГУП|ТОО|ЧОУ|ГБОУ|МБОУ|МАУ|МБУ|общество с ограниченной|акционерное общество',
)
const ENTREPRENEUR = word('ИП|индивидуальный предприниматель')

type Described = Pick<CustomerRecord, 'name' | 'fullName' | 'inn' | 'kpp'>

export function kindOf({ name, fullName, inn, kpp }: Described): CustomerRecord['customerKind'] {
  const title = fullName ?? name ?? ''
  if (kpp || inn?.length === 10 || FORM_OF_COMPANY.test(title)) return 'legal_entity'
  return ENTREPRENEUR.test(title) && inn ? 'entrepreneur' : 'individual'
}

/** The first contact of that type whose value can be one. */
function contactOf(element: Element, type: RegExp, form: RegExp): string | null {
  const values = listedIn(element, 'Контакты', 'Контакт')
    .filter((contact) => type.test(textIn(contact, 'Тип') ?? ''))
    .map((contact) => textOf(textIn(contact, 'Значение')))
  return values.find((value) => value !== null && form.test(value)) ?? null
}

/** A Russian number as +7XXXXXXXXXX; any other as it is written. */
function phoneOf(raw: string | null): string | null {
  const digits = raw?.replace(/\D/g, '') ?? ''
  const national = (raw?.startsWith('+') ? /^7(\d{10})$/ : /^[78]?(\d{10})$/).exec(digits)?.[1]
  return national ? `+7${national}` : raw
}

const addressOf = (element: Element): string | null =>
  textOf(textIn(child(element, 'АдресРегистрации'), 'Представление')) ??
  textOf(textIn(child(element, 'Адрес'), 'Представление'))

const digitsOf = (raw: string | undefined): string | null => textOf(raw)?.replace(/\s/g, '') ?? null

const WEIGHTS_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const WEIGHTS_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const WEIGHTS_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/** Whether a tax id has 10 or 12 digits and the right check digits. */
export function isValidInn(inn: string): boolean {
  if (!/^(?:\d{10}|\d{12})$/.test(inn)) return false
  const digits = [...inn].map(Number)
  const check = (weights: number[]) =>
    (weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11) % 10
  return inn.length === 10
    ? check(WEIGHTS_10) === digits[9]
    : check(WEIGHTS_11) === digits[10] && check(WEIGHTS_12) === digits[11]
}

// No sentence repeats what stands in the file: it would carry personal data into logs and downloads.

const notABuyer = ({ line }: Element, id: string): ProblemRecord => ({
  kind: 'problem',
  of: 'customer',
  severity: 'warning',
  skipped: true,
  code: 'not_a_buyer',
  line,
  externalId: id,
  field: 'Роль',
  sentence: { key: 'notABuyer' },
})

const wrongInn = ({ line }: Element, id: string): ProblemRecord => ({
  kind: 'problem',
  of: 'customer',
  severity: 'warning',
  code: 'bad_inn',
  line,
  externalId: id,
  field: 'ИНН',
  sentence: { key: 'badInn' },
})
