import { beforeEach, describe, expect, test } from 'vitest'
import { catalogRow } from '@/lib/catalog/queries'
import type { CatalogRow } from '@/lib/catalog/row'
import { isRowId } from '@/lib/catalog/row-id'
import type { StepKind } from '@/prisma/client/enums'
import {
  brands,
  customer,
  good,
  group,
  offer,
  price,
  priceType,
  property,
  stock,
  warehouse,
  writeExport,
} from '@/tests/fixtures/export'
import { writePictures } from '@/tests/fixtures/pictures'
import { emptyDatabase, importNow, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

async function exportOf(content: Parameters<typeof writeExport>[1], pictures: Record<string, string> = {}) {
  const source = temporaryDirectory()
  await writeExport(source, content)
  await writePictures(source, pictures)
  return source
}

/** The row of that step and id, which must be there. */
async function row<Kind extends StepKind>(step: Kind, id: string): Promise<Extract<CatalogRow, { step: Kind }>> {
  const found = await catalogRow(step, id)
  if (!found) throw new Error(`There is no ${step} ${id}`)
  return found as Extract<CatalogRow, { step: Kind }>
}

const exact = (value: number) => ({ value, is: 'exact' })
const cutOf = (items: unknown[]) => ({ items, more: false })

/** A shop with something of everything; `_` stands before each id that 1C would write. */
const shopOf = (_: string) => ({
  groups: [group({ id: `${_}root`, name: 'Одежда', children: [group({ id: `${_}leaf`, name: 'Футболки' })] })],
  properties: [
    property({ id: `${_}colour`, name: 'Цвет', values: [{ id: `${_}red`, value: 'Красный' }] }),
    property({ id: `${_}weight`, name: 'Вес', type: 'Число' }),
    brands({ [`${_}brand`]: 'Ромашка' }),
  ],
  priceTypes: [priceType({ id: `${_}retail`, name: 'Розничная' })],
  warehouses: [warehouse({ id: `${_}main`, name: 'Основной' })],
  units: [{ id: '796', shortName: 'шт', fullName: 'Штука' }],
  goods: [
    good({
      id: `${_}shirt`,
      name: 'Футболка',
      description: '<b>Мягкая</b>',
      groupIds: [`${_}leaf`],
      properties: [
        { propertyId: `${_}colour`, value: `${_}red` },
        { propertyId: `${_}weight`, value: '0,25' },
        { propertyId: 'Бренд', value: `${_}brand` },
      ],
      requisites: [
        { name: 'ВидНоменклатуры', value: 'Товар' },
        { name: 'Подборка', value: 'Лето' },
        { name: 'Подборка', value: 'Море' },
      ],
      pictures: ['import_files/shirt.jpg'],
    }),
    good({ id: `${_}plain`, name: 'Без вариантов', groupIds: [`${_}leaf`] }),
  ],
  offers: [
    offer({
      id: `${_}shirt#s`,
      name: 'Футболка S',
      characteristics: [{ name: 'Размер', value: 'S' }],
      pictures: ['import_files/s.jpg'],
    }),
  ],
  prices: [
    price({ offerId: `${_}shirt#s`, priceTypeId: `${_}retail`, value: '1 234,50' }),
    price({ offerId: `${_}shirt#s`, priceTypeId: `${_}retail`, value: '1000', minQuantity: '10' }),
  ],
  stock: [stock({ offerId: `${_}shirt#s`, warehouseId: `${_}main`, quantity: '7' })],
  customers: [customer({ id: `${_}ivan`, name: 'Иванов', inn: '500100732259', email: 'I@example.org' })],
})

const PICTURES = { 'shirt.jpg': 'red', 's.jpg': 'green' }

describe('every id that a step names among its changes', () => {
  // What 1C and what other programs write: an id is any text.
  test.each(['', 'a#1/2 50% ', '«ц» + ?x=1&y=', '../../', '%2F%00 \'"<b>', '…/\\\n', '🙂'])(
    'finds its row when the ids look like «%sx»',
    async (prefix) => {
      const session = await importNow(['catalog', 'customers'], await exportOf(shopOf(prefix), PICTURES))
      const named = session.steps.flatMap(({ kind, changes }) =>
        Object.values(changes ?? {}).flatMap((ids: string[]) => ids.map((id) => ({ kind, id }))),
      )
      expect(new Set(named.map(({ kind }) => kind)).size).toBe(10)
      for (const { kind, id } of named) {
        expect(isRowId(id), id).toBe(true)
        expect(await row(kind, id)).toMatchObject({ step: kind, onecId: id })
      }
    },
  )
})

describe('the row of', () => {
  beforeEach(async () => {
    await importNow(['catalog', 'customers'], await exportOf(shopOf(''), PICTURES))
  })

  test('a group says where it lies and what lies in it', async () => {
    const leaf = { onecId: 'leaf', name: 'Футболки' }
    const root = { onecId: 'root', name: 'Одежда' }
    expect(await row('groups', 'root')).toMatchObject({
      name: 'Одежда',
      isActive: true,
      isHidden: false,
      path: [],
      children: [leaf],
      childCount: exact(1),
      goods: [],
      goodCount: exact(0),
    })
    expect(await row('groups', 'leaf')).toMatchObject({
      path: [root],
      childCount: exact(0),
      goods: [
        { onecId: 'plain', name: 'Без вариантов' },
        { onecId: 'shirt', name: 'Футболка' },
      ],
      goodCount: exact(2),
    })
  })

  test('a property says what it was merged into, with what else, and its values', async () => {
    await importNow(
      ['attributes'],
      await exportOf({
        properties: [property({ id: 'other', name: 'ЦВЕТ', values: [{ id: 'r', value: 'красный' }] })],
      }),
    )
    expect(await row('properties', 'other')).toMatchObject({
      name: 'ЦВЕТ',
      type: 'reference',
      isDeleted: false,
      attribute: { type: 'reference', isActive: false, deactivatedByImport: false },
      others: [{ onecId: 'colour', name: 'Цвет' }],
      values: [{ onecId: 'r', value: 'красный', attributeValue: { value: 'Красный' } }],
      valueCount: exact(1),
    })
    expect(await row('properties', 'weight')).toMatchObject({ type: 'number', values: [], valueCount: exact(0) })
  })

  test('a price type and a warehouse say how many prices and how much stock hang on them', async () => {
    expect(await row('price_types', 'retail')).toMatchObject({
      name: 'Розничная',
      currency: 'RUB',
      priceCount: exact(2),
    })
    expect(await row('warehouses', 'main')).toMatchObject({ name: 'Основной', stockCount: exact(1) })
  })

  test('a good says all that hangs on it', async () => {
    const found = await row('goods', 'shirt')
    expect(found).toMatchObject({
      name: 'Футболка',
      article: 'A-shirt',
      description: '<b>Мягкая</b>',
      unit: 'шт',
      vatRate: 20,
      brand: { onecId: 'brand', name: 'Ромашка' },
      path: [
        { onecId: 'root', name: 'Одежда' },
        { onecId: 'leaf', name: 'Футболки' },
      ],
      groups: cutOf([{ onecId: 'leaf', name: 'Футболки', isMissing: false }]),
      pictures: { items: [{ namedBy: 'good', path: 'shirt.jpg', format: 'jpeg', width: 40, height: 30 }] },
    })
    expect(found.properties.items.map(({ property, value }) => `${property.name}: ${value}`)).toEqual([
      'Бренд: Ромашка',
      'Вес: 0,25',
      'Цвет: Красный',
    ])
    expect(found.requisites).toEqual(
      cutOf([
        { name: 'ВидНоменклатуры', value: 'Товар' },
        { name: 'Подборка', value: 'Лето' },
        { name: 'Подборка', value: 'Море' },
      ]),
    )
    expect(found.variants.items).toHaveLength(1)
    expect(found.variants.items[0]).toMatchObject({
      onecId: 'shirt#s',
      isActive: true,
      characteristics: [{ name: 'Размер', value: 'S' }],
      prices: { items: [{ value: 1234.5 }, { value: 1000, minQuantity: 10 }] },
      stock: { items: [{ warehouse: { name: 'Основной' }, quantity: 7 }] },
    })
  })

  test('an offer says its good, its price by type, its stock by warehouse; so do the rows of its prices and stock', async () => {
    const prices = {
      items: [
        {
          type: { onecId: 'retail', name: 'Розничная', isMissing: false },
          value: 1234.5,
          currency: 'RUB',
          minQuantity: 0,
        },
        { type: { onecId: 'retail' }, value: 1000, minQuantity: 10 },
      ],
      more: false,
    }
    const inStock = { items: [{ warehouse: { onecId: 'main', name: 'Основной', isMissing: false }, quantity: 7 }] }
    expect(await row('offers', 'shirt#s')).toMatchObject({
      name: 'Футболка S',
      size: 'S',
      isDefault: false,
      product: { onecId: 'shirt', name: 'Футболка' },
      characteristics: { items: [{ name: 'Размер', value: 'S' }] },
      prices,
      stock: inStock,
      pictures: { items: [{ namedBy: 'offer', path: 's.jpg' }] },
    })
    const itsOffer = { onecId: 'shirt#s', name: 'Футболка S' }
    expect(await row('prices', 'shirt#s')).toMatchObject({ offer: itsOffer, prices })
    expect(await row('stock', 'shirt#s')).toMatchObject({ offer: itsOffer, stock: inStock })
  })

  test('an offer that stands in for a good without offers says so', async () => {
    expect(await row('offers', 'plain')).toMatchObject({ isDefault: true, product: { name: 'Без вариантов' } })
  })

  test('images says whose they are', async () => {
    expect(await row('images', 'shirt')).toMatchObject({
      product: { name: 'Футболка' },
      offer: null,
      pictures: { items: [{ path: 'shirt.jpg' }] },
    })
    expect(await row('images', 'shirt#s')).toMatchObject({ product: null, offer: { name: 'Футболка S' } })
  })

  test('a customer says who they are', async () => {
    expect(await row('customers', 'ivan')).toMatchObject({
      name: 'Иванов',
      kind: 'individual',
      inn: '500100732259',
      email: 'i@example.org',
    })
  })

  test('what 1C has switched off says so', async () => {
    await importNow(['catalog'], await exportOf({ goods: [good({ id: 'plain', deleted: true })] }), {
      allowMassDeactivation: true,
    })
    expect(await row('goods', 'plain')).toMatchObject({ isActive: false, deactivatedByImport: true })
  })

  test('nothing that the database holds is no row', async () => {
    for (const step of ['groups', 'properties', 'goods', 'offers', 'prices', 'stock', 'images', 'customers'] as const)
      expect(await catalogRow(step, 'nowhere'), step).toBeNull()
    // What has no price may well have had one: its page says that there is none.
    expect(await row('prices', 'plain')).toMatchObject({ prices: cutOf([]) })
  })
})

test('what is only mentioned is said to be missing, and is found once it comes', async () => {
  const source = await exportOf(
    {
      priceTypes: [priceType({ id: 'retail' })],
      goods: [
        good({
          id: 'g',
          groupIds: ['unknown'],
          properties: [{ propertyId: 'p?', value: 'v?' }],
        }),
      ],
      offers: [offer({ id: 'gone#1' })],
      prices: [price({ offerId: 'gone#1', priceTypeId: 'secret' }), price({ offerId: 'later', priceTypeId: 'retail' })],
      stock: [stock({ offerId: 'later', warehouseId: 'w' })],
    },
    {},
  )
  await importNow(['catalog'], source)

  const missing = (onecId: string) => ({ onecId, name: null, isMissing: true })
  expect(await row('offers', 'gone#1')).toMatchObject({ product: missing('gone') })
  expect(await row('prices', 'gone#1')).toMatchObject({ prices: { items: [{ type: missing('secret') }] } })
  expect(await row('prices', 'later')).toMatchObject({ offer: missing('later'), prices: { items: [{ value: 100 }] } })
  expect(await row('stock', 'later')).toMatchObject({ offer: missing('later') })
  expect(await row('warehouses', 'w')).toMatchObject({ name: null, stockCount: exact(1) })
  expect(await row('goods', 'g')).toMatchObject({
    path: [{ onecId: 'obmen:hidden' }],
    groups: { items: [missing('unknown')] },
    properties: { items: [{ property: missing('p?'), value: 'v?' }] },
  })
  expect(await row('groups', 'obmen:hidden')).toMatchObject({ isHidden: true, goods: [{ onecId: 'g' }] })

  await importNow(['catalog'], await exportOf({ goods: [good({ id: 'gone', name: 'Пришёл' })] }))
  expect(await row('offers', 'gone#1')).toMatchObject({ product: { name: 'Пришёл' } })
})

test('long lists are cut and long counts stop, each with a word that there is more', async () => {
  await importNow(['catalog'], await exportOf({ ...shopOf(''), delta: true }))
  await query(`insert into prices (offer_onec_id, price_type_onec_id, value)
    select 'o' || n, 'retail', 1 from generate_series(1, 10100) as n`)
  await query(`insert into prices (offer_onec_id, price_type_onec_id, value)
    select 'shirt#s', 't' || n, 1 from generate_series(1, 120) as n`)
  await query(`insert into products (onec_id, name, category_id)
    select 'p' || n, 'Товар', (select id from categories where onec_id = 'leaf') from generate_series(1, 10100) as n`)
  await query(`insert into prices (offer_onec_id, price_type_onec_id, value)
    select 'o' || n, 'wholesale', 1 from generate_series(1, 200000) as n`)
  await query(`insert into price_types (onec_id, name, position) values ('rare', 'Редкая', 9)`)
  expect((await row('price_types', 'rare')).priceCount).toEqual({ value: 0, is: 'part' })
  expect((await row('price_types', 'retail')).priceCount).toEqual({ value: 10_000, is: 'more' })
  const prices = (await row('prices', 'shirt#s')).prices
  expect([prices.items.length, prices.more]).toEqual([100, true])
  const leaf = await row('groups', 'leaf')
  expect([leaf.goodCount, leaf.goods.length]).toEqual([{ value: 10_000, is: 'more' }, 20])
})
