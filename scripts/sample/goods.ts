import type { Item, Variant } from '@/scripts/sample/assortment'
import { COUNTRIES, MANUFACTURERS } from '@/scripts/sample/brands'
import { type Dice, guidSeries } from '@/scripts/sample/dice'
import type { Good, Offer, PropertyValue } from '@/scripts/sample/model'
import { NET_WEIGHTS, type Properties, SEASONS } from '@/scripts/sample/properties'

// How 1C writes what is not there. A number with no-break spaces, or in the value of a property without any.
const NO_NUMBER = '-999\u00A0999\u00A0999,9'
const NO_NUMBER_PLAIN = '-999999999.9'
const NO_REFERENCE = '00000000-0000-0000-0000-000000000000'
const NO_DATE = '0001-01-01T00:00:00'

/** Turns an item into the `Товар` that 1C would export. */
export function goodsWriter(seed: number, properties: Properties, categoryId: (name: string) => string) {
  const manufacturerId = guidSeries(seed, 'manufacturer')
  return (item: Item): Good => {
    const { id, index, dice, family, name, article } = item
    const country = dice.pick(COUNTRIES)
    const maker = dice.int(0, MANUFACTURERS.length - 1)
    const material = dice.pick(family.material)
    const brandId = properties.brand.values[item.brandIndex]?.id ?? NO_REFERENCE
    return {
      id,
      name,
      deleted: dice.chance(0.01),
      barcode: item.variants.length > 0 || dice.chance(0.3) ? '' : barcode(index * 16 + 15),
      article: dice.chance(0.03) ? '' : article,
      unit: family.unit ?? '796 ',
      groupIds: [categoryId(family.category)],
      description: dice.chance(0.1) ? '' : description(item, material, country),
      country,
      manufacturer: { id: manufacturerId(maker), name: MANUFACTURERS[maker] ?? '' },
      properties: [
        { propertyId: properties.composition, value: dice.chance(0.5) ? material : '' },
        listed(properties.country, country),
        {
          propertyId: properties.season.id,
          value: maybe(dice, NO_REFERENCE, () => properties.season.idOf(dice.pick(SEASONS))),
        },
        { propertyId: properties.isNew.id, value: dice.chance(0.15) ? 'true' : 'false' },
        {
          propertyId: properties.netWeight.id,
          value: maybe(dice, '', () => properties.netWeight.idOf(dice.pick(NET_WEIGHTS))),
        },
        {
          propertyId: properties.site,
          value: maybe(dice, '', () => `https://example.ru/catalog/${index}?from=1c&lang=ru`),
        },
        { propertyId: properties.madeOn, value: maybe(dice, NO_DATE, () => date(dice)) },
        { propertyId: properties.certified, value: dice.chance(0.3) ? 'true' : 'false' },
        { propertyId: properties.boxLength, value: maybe(dice, NO_NUMBER_PLAIN, () => `${dice.int(10, 120)}`) },
        { propertyId: properties.boxWeight, value: weight(dice, family.weight) },
        { propertyId: properties.inBox, value: maybe(dice, '', () => `${dice.int(1, 48)}`) },
        listed(at(properties.material, item.familyIndex), material),
        listed(at(properties.use, item.familyIndex), `Для ${family.use}`),
        { propertyId: properties.brand.id, value: brandId },
      ],
      vat: family.forChildren ? '10' : dice.chance(0.02) ? 'Без НДС' : '20',
      requisites: [
        { name: 'ВидНоменклатуры', value: `СПОРТ ${family.category}` },
        { name: 'ТипНоменклатуры', value: 'Товар' },
        { name: 'Полное наименование', value: name },
        { name: 'Код', value: `УТ-${`${index}`.padStart(8, '0')}` },
        { name: 'Планируемая дата поступления', value: maybe(dice, '', () => NO_DATE) },
        { name: 'Бренд', value: brandId },
      ],
    }
  }
}

/** Turns the variants of an item into the `Предложение`s that 1C would export. */
export function offersWriter(properties: Properties) {
  return (item: Item): Offer[] => item.variants.map((variant, number) => offer(properties, item, variant, number))
}

function offer(
  properties: Properties,
  { familyIndex, family, name, index, dice }: Item,
  variant: Variant,
  number: number,
): Offer {
  const { colour, size } = variant
  const child = family.forChildren ? 'Да' : ''
  const inBox = `${dice.int(1, 24)}`
  const boxWeight = dice.chance(0.5) ? weight(dice, family.weight) : undefined
  const values: PropertyValue[] = [
    { propertyId: properties.inBox, value: inBox },
    { propertyId: properties.boxWeight, value: boxWeight ?? NO_NUMBER_PLAIN },
    { propertyId: properties.boxLength, value: NO_NUMBER_PLAIN },
    { propertyId: properties.childSize.id, value: child ? 'true' : '' },
  ]
  const characteristics = [
    { name: 'Кратность', value: inBox },
    { name: 'Вес коробки (кг)', value: boxWeight?.replace('.', ',') ?? NO_NUMBER },
    { name: 'Длина коробки (см)', value: NO_NUMBER },
    { name: 'Детский размер', value: child },
  ]
  if (colour) {
    characteristics.push({ name: 'Цвет', value: colour })
    values.push(listed(at(properties.colour, familyIndex), colour))
  }
  if (size) {
    characteristics.push({ name: 'Размер', value: size })
    values.push(listed(at(properties.size, familyIndex), size))
  }
  return {
    id: variant.id,
    // As 1C puts it: what makes the variant stands in parentheses behind the good's name.
    name: `${name} (${[colour, size].filter(Boolean).join(', ')})`,
    barcode: barcode(index * 16 + number),
    characteristics,
    properties: values,
  }
}

const listed = (property: { id: string; idOf(value: string): string }, value: string): PropertyValue => ({
  propertyId: property.id,
  value: property.idOf(value),
})

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`There is no item ${index} in a list of ${list.length}`)
  return found
}

/** Often enough a field of 1C was never filled in. */
const maybe = (dice: Dice, nothing: string, something: () => string) => (dice.chance(0.4) ? nothing : something())

const weight = (dice: Dice, [low, high]: readonly [number, number]) =>
  `${Number((low + (dice.int(0, 100) / 100) * (high - low)).toFixed(3))}`

const date = (dice: Dice) =>
  `20${dice.int(22, 25)}-${`${dice.int(1, 12)}`.padStart(2, '0')}-${`${dice.int(1, 28)}`.padStart(2, '0')}T00:00:00`

/** EAN-13 of a Russian supplier, check digit included. */
function barcode(number: number): string {
  const digits = `46${`${number % 10_000_000_000}`.padStart(10, '0')}`
  let sum = 0
  for (let place = 0; place < 12; place++) sum += Number(digits[place]) * (place % 2 === 0 ? 1 : 3)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const description = ({ name, family }: Item, material: string, country: string) =>
  `<p><b>${name}</b> — для ${family.use}.</p><ul><li>Материал: ${material}</li><li>Страна: ${country}</li></ul>` +
  '<p>Изделие проверено на производстве и упаковано поштучно.&nbsp;Цвет на экране может отличаться от настоящего.<br>' +
  'Уход: протирать влажной тканью, сушить вдали от батарей & прямого солнца.</p>'
