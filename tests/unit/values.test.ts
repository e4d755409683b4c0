import { describe, expect, test } from 'vitest'
import { sizeInName, variantTraits } from '@/worker/commerceml/traits'
import {
  brandKey,
  currencyOf,
  decimalOf,
  idOf,
  isDeletedStatus,
  isEmptyValue,
  isNoBrand,
  isTrue,
  nameKey,
  textOf,
  valueKey,
} from '@/worker/commerceml/values'

const NBSP = '\u00a0'

describe('numbers (COMMERCEML.md §2)', () => {
  test.each([
    ['1 234,50', '1234.50'],
    ['1234.5', '1234.5'],
    ["1'234,5", '1234.5'],
    [`1${NBSP}234\u202f567\u2009,5`, '1234567.5'],
    ['-3', '-3'],
    ['+7', '+7'],
    [',5', '.5'],
    ['0', '0'],
    [' 12 ', '12'],
    ['123456789012345678901234567890.1', undefined],
    ['abc', undefined],
    ['1.234,5', undefined],
    ['1e5', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['--1', undefined],
    ['', null],
    ['-', null],
    [undefined, null],
    [`-999${NBSP}999${NBSP}999,9`, null],
    ['-999999999.9', null],
    ['-999999998', '-999999998'],
  ])('%s is %s', (raw, expected) => expect(decimalOf(raw, 12)).toBe(expected))
})

describe('empty values (COMMERCEML.md §2)', () => {
  test.each([
    ['', true],
    ['-', true],
    ['—', true],
    ['00000000-0000-0000-0000-000000000000', true],
    ['0001-01-01T00:00:00', true],
    [`-999${NBSP}999${NBSP}999,9`, true],
    ['0', false],
    ['false', false],
    ['-5', false],
    ['Нет', false],
  ])('%s: %s', (raw, expected) => expect(isEmptyValue(raw)).toBe(expected))

  test('a text is trimmed of ordinary and no-break spaces and line breaks, at its ends only', () => {
    expect(textOf(`${NBSP} \n Мяч${NBSP}футбольный \n`)).toBe(`Мяч${NBSP}футбольный`)
    expect(textOf(' — ')).toBeNull()
  })

  test('an id is any string up to 255 characters, its case kept', () => {
    expect(idOf(' Бренд с пробелом ')).toBe('Бренд с пробелом')
    expect(idOf('AbC#1')).toBe('AbC#1')
    expect(idOf('00000000-0000-0000-0000-000000000000')).toBeNull()
    expect(idOf('x'.repeat(255))).toHaveLength(255)
    expect(idOf('x'.repeat(256))).toBeNull()
  })
})

describe('marks and currencies (COMMERCEML.md §2)', () => {
  test('true, 1, Да in any case say yes', () => {
    expect(['true', 'TRUE', ' Да ', '1', 'да'].map(isTrue)).toEqual([true, true, true, true, true])
    expect(['false', 'Нет', '0', '', undefined].map(isTrue)).toEqual([false, false, false, false, false])
  })
  test('Удален and удалён mark a thing as deleted', () => {
    expect(['Удален', 'УДАЛЁН', 'Изменен', ''].map(isDeletedStatus)).toEqual([true, true, false, false])
  })
  test.each([
    ['руб', 'RUB'],
    ['руб.', 'RUB'],
    ['RUR', 'RUB'],
    ['643', 'RUB'],
    ['грн', 'UAH'],
    ['тг', 'KZT'],
    ['USD', 'USD'],
    ['у.е.', 'у.е.'],
    ['', null],
  ])('the currency %s is %s', (raw, expected) => expect(currencyOf(raw)).toBe(expected))
})

describe('merging of the same name (COMMERCEML.md §2)', () => {
  test.each([
    ['Цвет', ' цвет '],
    ['Размер,  см', 'размер, СМ'],
    ['Материал', 'Материал.'],
    ['Ёмкость', 'емкость'],
    ['«Вес»', 'Вес'],
    ['Длина, ㎜', 'длина, mm'],
  ])('%s and %s are one attribute', (a, b) => expect(nameKey(a)).toBe(nameKey(b)))
  test('й is not и', () => expect(nameKey('Крой')).not.toBe(nameKey('Крои')))
  test('for brands only letters and digits count', () => {
    expect(brandKey('Rusco Sport')).toBe(brandKey('RuscoSport'))
    expect(brandKey('Ingame.')).toBe(brandKey('ingame'))
    expect(brandKey('V76')).not.toBe(brandKey('V7'))
    expect(brandKey('***')).toBe('***')
  })
  test('«без бренда» in any case is no brand', () => {
    expect(['Без Бренда', 'БЕЗ БРЕНДА', 'без бренда '].every(isNoBrand)).toBe(true)
    expect(isNoBrand('Бренд')).toBe(false)
  })
  test.each([
    ['2,5', '2.5'],
    ['10х20', '10x20'],
    ['10 × 20', '10x20'],
    ['Красный!', 'красный'],
    ['«Красный» |', '(красный)'],
    ['ёлка', 'елка'],
  ])('%s and %s are one value', (a, b) => expect(valueKey(a)).toBe(valueKey(b)))
  test.each([
    ['2.5', '25'],
    ['5-6', '56'],
    ['10"', '10'],
    ['50%', '50'],
    ['1/2', '12'],
    ['-5', '5'],
    ['A+', 'A'],
    ['A++', 'A+'],
    ['<5', '>5'],
  ])('%s and %s are different values', (a, b) => expect(valueKey(a)).not.toBe(valueKey(b)))
})

describe('colour and size of a variant (COMMERCEML.md §5, Offers)', () => {
  test('come from characteristics by the beginning of their names, never from yes or no', () => {
    const traits = (pairs: Record<string, string>) =>
      variantTraits(Object.entries(pairs).map(([name, value]) => ({ name, value })))
    expect(traits({ 'Цвет основной': 'синий', 'Размер (RU)': '42' })).toEqual({
      color: 'синий',
      size: '42',
      isChildSize: false,
    })
    expect(traits({ Окраска: 'да', Color: 'red', 'Размерный ряд': 'нет', size: 'M' })).toEqual({
      color: 'red',
      size: 'M',
      isChildSize: false,
    })
    expect(traits({ 'Детский размер': 'Да' })).toEqual({ color: null, size: null, isChildSize: true })
  })
  test.each([
    ['Кимоно, синий (А5 (2XL))', 'А5 (2XL)'],
    ['Кимоно детское (М0 (127-132))', 'М0 (127-132)'],
    ['Перчатки (42-44)', '42-44'],
    ['Шорты (XL)', 'XL'],
    ['Картридж (блок из 2 шт)', null],
    ['Мяч', null],
    ['Скобка (без конца', null],
  ])('the size in the name «%s» is %s', (name, size) => expect(sizeInName(name)).toBe(size))
})
