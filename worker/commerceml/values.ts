import { createHash } from 'node:crypto'

// The values of CommerceML (COMMERCEML.md §2): what 1C writes → what it means. Null is «no value».

const ZERO_ID = '00000000-0000-0000-0000-000000000000'
const MAX_ID_LENGTH = 255

/** A text without spaces at its ends; «-» and «—» say that there is none. */
export function textOf(raw: string | undefined): string | null {
  const text = raw?.trim()
  return !text || text === '-' || text === '—' ? null : text
}

/** An id as it is, trimmed; the zero reference is none. Longer than 255 characters is not an id: null as well. */
export function idOf(raw: string | undefined): string | null {
  const id = raw?.trim()
  return !id || id === ZERO_ID || id.length > MAX_ID_LENGTH ? null : id
}

/** Whether a value of any type is one of 1C's ways to say «empty». */
export const isEmptyValue = (raw: string): boolean =>
  raw === '' || raw === '-' || raw === '—' || raw === ZERO_ID || raw.startsWith('0001-01-01') || isEmptyNumber(raw)

const isEmptyNumber = (raw: string): boolean => raw.startsWith('-') && Number(plainNumber(raw)) <= -999_999_999

/** Spaces of every kind and apostrophes are thousands separators; a comma is the decimal point. */
const plainNumber = (raw: string): string => raw.replace(/[\s\u00A0\u202F\u2009']/gu, '').replace(',', '.')

const PLAIN = /^\d+(?:\.\d+)?$/
const FOREIGN = /[^\d\s.,'+\-\u00A0\u202F\u2009]/
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

/**
 * A number as an exact decimal, in digits PostgreSQL reads; null for none; undefined when it is no number
 * or has more than `integerDigits` digits before the point.
 */
export function decimalOf(raw: string | undefined, integerDigits: number): string | null | undefined {
  // Nearly all numbers of nearly all exports.
  if (raw && raw.length < integerDigits && PLAIN.test(raw)) return raw
  const text = raw?.trim()
  if (!text || text === '-' || text === '—') return null
  // A word, an id, a whole sentence: what a property holds is mostly no number.
  if (FOREIGN.test(text)) return undefined
  const plain = plainNumber(text)
  if (!DECIMAL.test(plain)) return undefined
  if (isEmptyNumber(text)) return null
  const integer = plain.replace(/^[+-]?0*/, '').split('.')[0] ?? ''
  // Nines may become a digit more when the database rounds.
  return integer.length > integerDigits || /^9+$/.test(integer.padEnd(integerDigits, '0')) ? undefined : plain
}

/** `true`, `1`, `да` in any case. */
export const isTrue = (raw: string | undefined): boolean =>
  raw !== undefined && raw !== 'false' && /^(?:true|1|да)$/i.test(raw.trim())

/** `Удален` of an attribute or element `Статус`. */
export const isDeletedStatus = (raw: string | undefined): boolean =>
  raw !== undefined && /^удал[её]н$/i.test(raw.trim())

const CURRENCIES: Record<string, string> = {
  руб: 'RUB',
  'руб.': 'RUB',
  rur: 'RUB',
  '643': 'RUB',
  грн: 'UAH',
  тг: 'KZT',
}

/** A currency's code; one that is not known is kept as written. */
export function currencyOf(raw: string | undefined): string | null {
  const known = raw && CURRENCIES[raw]
  if (known) return known
  const text = textOf(raw)
  return text && (CURRENCIES[text.toLowerCase()] ?? text)
}

const folded = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е')

/** A key stands in an index, which takes 2,700 bytes: of a longer text, its beginning and a hash of the whole. */
const bounded = (key: string): string =>
  key.length <= 300 ? key : `${key.slice(0, 200)}#${createHash('sha256').update(key).digest('hex')}`

/** What names of one property have in common: punctuation counts only inside. */
export function nameKey(name: string): string {
  const text = folded(name)
  return bounded(text.replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '') || text)
}

/** What spellings of one brand have in common: only letters and digits. */
export function brandKey(name: string): string {
  const text = folded(name)
  return bounded(text.replace(/[^\p{L}\p{N}]/gu, '') || text)
}

/** «Без бренда», in any spelling, is no brand. */
export const isNoBrand = (name: string): boolean => brandKey(name) === 'безбренда'

/** Punctuation that says nothing at the ends of a value. Signs are none: A+ ≠ A, <5 ≠ >5. */
const DROPPED = /[^\P{P}.\-/"%]|[\s`^|~]/u

/** What spellings of one value have in common. 2,5 = 2.5, 10х20 = 10×20; but 2.5 ≠ 25, 5-6 ≠ 56, 10" ≠ 10. */
export function valueKey(value: string): string {
  const text = folded(value)
    .replace(/(?<=\d),(?=\d)/g, '.')
    .replace(/(?<=\d)\s?[хx×]\s?(?=\d)/gu, 'x')
  let start = 0
  let end = text.length
  while (start < end && DROPPED.test(text.charAt(start))) start++
  while (end > start && DROPPED.test(text.charAt(end - 1))) end--
  return bounded(text.slice(start, end) || text)
}
