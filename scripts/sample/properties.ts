import { BRAND_SPELLINGS, COUNTRIES } from '@/scripts/sample/brands'
import { guidSeries } from '@/scripts/sample/dice'
import { FAMILIES } from '@/scripts/sample/families'
import type { Property, PropertyType } from '@/scripts/sample/model'

/** A property with a list of values, and the id of each value by its text. */
export interface ListProperty {
  id: string
  idOf(value: string): string
}

export interface Properties {
  /** All of them, as the export lists them. */
  ofGoods: Property[]
  ofOffers: Property[]
  brand: { id: string; values: { id: string; value: string }[] }
  country: ListProperty
  season: ListProperty
  isNew: ListProperty
  netWeight: ListProperty
  composition: string
  site: string
  madeOn: string
  certified: string
  /** Of a good as of an offer. */
  boxLength: string
  boxWeight: string
  inBox: string
  /** By the number of the family: 1C gives each kind of goods properties of its own, under the same names. */
  material: ListProperty[]
  use: ListProperty[]
  colour: ListProperty[]
  size: ListProperty[]
  childSize: ListProperty
}

export const SEASONS = ['Всесезонный', 'Лето', 'Зима', 'Демисезон'] as const
/** One weight in two spellings, and others that only look alike. */
export const NET_WEIGHTS = ['0,5', '0.5', '1', '2.5', '2,5', '25', '5-6', '56', '10'] as const

/** The properties that the generated goods and offers have. */
export function makeProperties(seed: number): Properties {
  const propertyId = guidSeries(seed, 'property')
  const valueId = guidSeries(seed, 'value')
  const ofGoods: Property[] = []
  const ofOffers: Property[] = []
  let properties = 0
  let values = 0

  const plain = (name: string, type: PropertyType, ...lists: Property[][]) => {
    const id = propertyId(properties++)
    for (const list of lists) list.push({ id, name, type })
    return id
  }
  const list = (into: Property[], name: string, texts: readonly string[]): ListProperty => {
    const id = propertyId(properties++)
    const listed = texts.map((value) => ({ id: valueId(values++), value }))
    into.push({ id, name, type: 'Справочник', values: listed })
    return asListProperty(id, listed)
  }
  // What 1C makes of its own Булево: a list of two values with these very ids.
  const yesOrNo = (into: Property[], name: string): ListProperty => {
    const id = propertyId(properties++)
    const listed = [
      { id: 'true', value: 'Да' },
      { id: 'false', value: 'Нет' },
    ]
    into.push({ id, name, type: 'Справочник', values: listed })
    return asListProperty(id, listed)
  }

  const brandValues = BRAND_SPELLINGS.flat().map((value) => ({ id: valueId(values++), value }))
  ofGoods.push({ id: 'Бренд', name: 'Бренд', type: 'Справочник', values: brandValues })
  const ofBoth = [ofGoods, ofOffers]
  return {
    ofGoods,
    ofOffers,
    brand: { id: 'Бренд', values: brandValues },
    country: list(ofGoods, 'Страна производства', COUNTRIES),
    season: list(ofGoods, 'Сезон', SEASONS),
    isNew: yesOrNo(ofGoods, 'Новинка'),
    netWeight: list(ofGoods, 'Масса нетто (кг)', NET_WEIGHTS),
    composition: plain('Состав', 'Строка', ofGoods),
    site: plain('Ссылка на сайт', 'Строка', ofGoods),
    madeOn: plain('Дата изготовления', 'Время', ofGoods),
    certified: plain('Требует сертификата', 'Булево', ofGoods),
    boxLength: plain('Длина коробки (см)', 'Число', ...ofBoth),
    boxWeight: plain('Вес коробки (кг)', 'Число', ...ofBoth),
    inBox: plain('Кратность', 'Число', ...ofBoth),
    material: FAMILIES.map(({ material }) => list(ofGoods, 'Материал', material)),
    use: FAMILIES.map(({ use }) => list(ofGoods, 'Назначение', [`Для ${use}`])),
    colour: FAMILIES.map(({ colours = [] }) => list(ofOffers, 'Цвет', colours)),
    size: FAMILIES.map(({ sizes = [] }) => list(ofOffers, 'Размер', sizes)),
    childSize: yesOrNo(ofOffers, 'Детский размер'),
  }
}

function asListProperty(id: string, values: readonly { id: string; value: string }[]): ListProperty {
  const ids = new Map(values.map((listed) => [listed.value, listed.id]))
  return {
    id,
    idOf(value) {
      const found = ids.get(value)
      if (found === undefined) throw new Error(`Property ${id} lists no value «${value}»`)
      return found
    },
  }
}
