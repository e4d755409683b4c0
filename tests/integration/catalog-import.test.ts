import { beforeEach, describe, expect, test } from 'vitest'
import {
  brands,
  good,
  group,
  offer,
  price,
  priceType,
  property,
  stock,
  warehouse,
  writeExport,
  xmlDocument,
} from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { catalogue, countsOf, emptyDatabase, importNow, problemsOf, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

/** A small shop: a tree of groups, a brand, a colour, a good with two variants and one without offers. */
const shop = () => ({
  groups: [
    group({
      id: 'sport',
      name: 'СПОРТ',
      children: [group({ id: 'judo', name: 'Дзюдо' }), group({ id: 'balls', name: 'Мячи' })],
    }),
  ],
  properties: [
    brands({ b1: 'Rusco Sport', b2: 'Ruscosport', none: 'Без Бренда' }),
    property({
      id: 'color',
      name: 'Цвет',
      values: [
        { id: 'c1', value: 'Синий' },
        { id: 'c2', value: 'Красный' },
      ],
    }),
    property({ id: 'weight', name: 'Вес', type: 'Число' }),
  ],
  priceTypes: [priceType({ id: 'retail' }), priceType({ id: 'opt' })],
  warehouses: [warehouse({ id: 'w1' }), warehouse({ id: 'w2' })],
  goods: [
    good({
      id: 'kimono',
      groupIds: ['judo'],
      properties: [
        { propertyId: 'Бренд', value: 'b2' },
        { propertyId: 'color', value: 'c1' },
      ],
    }),
    good({
      id: 'ball',
      groupIds: ['balls'],
      article: 'BALL-1',
      properties: [
        { propertyId: 'weight', value: '1 234,50' },
        { propertyId: 'Бренд', value: 'none' },
      ],
    }),
  ],
  offers: [
    offer({
      id: 'kimono#s',
      characteristics: [
        { name: 'Размер', value: '42-44' },
        { name: 'Цвет', value: 'Синий' },
      ],
    }),
    offer({ id: 'kimono#m', name: 'Кимоно (А5 (2XL))' }),
  ],
  prices: [
    price({ offerId: 'kimono#s', priceTypeId: 'retail', value: '1 234,50' }),
    price({ offerId: 'kimono#m', priceTypeId: 'retail', value: "1'235,5" }),
    price({ offerId: 'ball', priceTypeId: 'opt', value: '99.90' }),
  ],
  stock: [
    stock({ offerId: 'kimono#s', warehouseId: 'w1', quantity: '3' }),
    stock({ offerId: 'ball', warehouseId: 'w2', quantity: '2,5' }),
  ],
})

describe('a full catalogue', () => {
  test('becomes categories, attributes, brands, products, variants, prices and stock, all linked', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    expect(
      await query(
        `select c.onec_id, p.onec_id as parent, c.slug from categories as c left join categories as p on p.id = c.parent_id order by c.position`,
      ),
    ).toEqual([
      { onec_id: 'sport', parent: null, slug: 'sport' },
      { onec_id: 'judo', parent: 'sport', slug: 'dzyudo' },
      { onec_id: 'balls', parent: 'sport', slug: 'myachi' },
    ])
    expect(
      await query(`select p.onec_id, c.onec_id as category, b.name as brand, p.vat_rate, p.unit
        from products as p join categories as c on c.id = p.category_id left join brands as b on b.id = p.brand_id order by 1`),
    ).toEqual([
      { onec_id: 'ball', category: 'balls', brand: null, vat_rate: '20.00', unit: '796' },
      { onec_id: 'kimono', category: 'judo', brand: 'Rusco Sport', vat_rate: '20.00', unit: '796' },
    ])
    expect(
      await query(`select v.onec_id, p.onec_id as product, v.size, v.color, v.is_default, v.article
        from product_variants as v join products as p on p.id = v.product_id order by 1`),
    ).toEqual([
      { onec_id: 'ball', product: 'ball', size: null, color: null, is_default: true, article: 'BALL-1' },
      { onec_id: 'kimono#m', product: 'kimono', size: 'А5 (2XL)', color: null, is_default: false, article: null },
      { onec_id: 'kimono#s', product: 'kimono', size: '42-44', color: 'Синий', is_default: false, article: null },
    ])
    expect(
      await query(`select v.onec_id, t.onec_id as type, value, p.currency from prices as p
        join product_variants as v on v.id = variant_id join price_types as t on t.id = price_type_id order by 1`),
    ).toEqual([
      { onec_id: 'ball', type: 'opt', value: '99.9000', currency: 'RUB' },
      { onec_id: 'kimono#m', type: 'retail', value: '1235.5000', currency: 'RUB' },
      { onec_id: 'kimono#s', type: 'retail', value: '1234.5000', currency: 'RUB' },
    ])
    expect(
      await query(`select v.onec_id, w.onec_id as warehouse, quantity from stocks as s
        join product_variants as v on v.id = variant_id join warehouses as w on w.id = warehouse_id order by 1`),
    ).toEqual([
      { onec_id: 'ball', warehouse: 'w2', quantity: '2.500' },
      { onec_id: 'kimono#s', warehouse: 'w1', quantity: '3.000' },
    ])
    expect(
      await query(`select p.onec_id, a.name, v.value, pa.number from product_attributes as pa
        join products as p on p.id = product_id join attributes as a on a.id = pa.attribute_id
        left join attribute_values as v on v.id = attribute_value_id order by 1, 2`),
    ).toEqual([
      { onec_id: 'ball', name: 'Бренд', value: 'Без Бренда', number: null },
      { onec_id: 'ball', name: 'Вес', value: null, number: '1234.500000' },
      { onec_id: 'kimono', name: 'Бренд', value: 'Ruscosport', number: null },
      { onec_id: 'kimono', name: 'Цвет', value: 'Синий', number: null },
    ])
  })

  test('imported again changes nothing, and reports everything unchanged', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    const before = await catalogue()

    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED')
    for (const { created, updated, unchanged, processed } of session.steps) {
      expect({ created, updated, unchanged }).toEqual({ created: 0, updated: 0, unchanged: processed })
    }
    expect(await catalogue()).toEqual(before)
  })

  test('changed in one place writes that place only', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    const before = await catalogue()
    const changed = shop()
    changed.prices[2] = price({ offerId: 'ball', priceTypeId: 'opt', value: '100' })
    await writeExport(source, changed)

    const session = await importNow(['catalog'], source)

    expect(countsOf(session, 'prices')).toEqual({ processed: 3, updated: 1, unchanged: 2 })
    expect(countsOf(session, 'goods')).toEqual({ processed: 2, unchanged: 2 })
    const { prices: pricesBefore, ...restBefore } = before
    const { prices: pricesAfter, ...restAfter } = await catalogue()
    expect(restAfter).toEqual(restBefore)
    expect(pricesAfter).not.toEqual(pricesBefore)
  })

  test('follows what 1C renames, moves and re-brands', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    const { offers: _offers, ...rest } = shop()
    await writeExport(source, {
      ...rest,
      groups: [group({ id: 'judo', name: 'Единоборства', children: [group({ id: 'sport', name: 'СПОРТ' })] })],
      properties: [property({ id: 'color', name: 'Окраска', values: [{ id: 'c1', value: 'Голубой' }] })],
      goods: [
        good({
          id: 'kimono',
          name: 'Дзюдоги',
          groupIds: ['balls'],
          vat: 'Без НДС',
          properties: [{ propertyId: 'color', value: 'c1' }],
        }),
      ],
    })
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED')
    expect(
      await query(
        `select c.onec_id, c.name, p.onec_id as parent from categories as c left join categories as p on p.id = c.parent_id order by 1`,
      ),
    ).toEqual([
      { onec_id: 'balls', name: 'Мячи', parent: 'sport' },
      { onec_id: 'judo', name: 'Единоборства', parent: null },
      { onec_id: 'sport', name: 'СПОРТ', parent: 'judo' },
    ])
    expect(
      await query(
        `select p.name, c.onec_id as category, brand_id, vat_rate from products as p join categories as c on c.id = category_id where p.onec_id = 'kimono'`,
      ),
    ).toEqual([{ name: 'Дзюдоги', category: 'balls', brand_id: null, vat_rate: null }])
    expect(
      await query(
        `select a.name, v.value from attributes as a join attribute_values as v on v.attribute_id = a.id where a.name = 'Окраска' order by 2`,
      ),
    ).toEqual([
      { name: 'Окраска', value: 'Голубой' },
      { name: 'Окраска', value: 'Красный' },
    ])
    expect(await query(`select name from attributes where name = 'Цвет'`)).toEqual([])
  })
})

describe('a delta', () => {
  test('leaves alone what it does not mention', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    const active = `select onec_id from products where is_active union all select onec_id from categories where is_active`
    const before = await query(active)
    await writeExport(source, { groups: [group({ id: 'new' })], goods: [good({ id: 'rope', groupIds: ['new'] })] })

    await importNow(['catalog'], source)

    expect(await query(active)).toHaveLength(before.length + 2)
  })
})

describe('what is at the edge of what the database holds', () => {
  test('is imported or is an error of its row, never of the import', async () => {
    const source = temporaryDirectory()
    const long = 'длинный состав '.repeat(2000)
    await writeExport(source, {
      ...shop(),
      properties: [
        property({
          id: 'p',
          name: 'Состав',
          values: [
            { id: '1', value: `${long} а` },
            { id: '2', value: `${long} б` },
          ],
        }),
      ],
      goods: [good({ id: 'g', manufacturer: { id: '', name: long } })],
      prices: [
        price({ offerId: 'g', priceTypeId: 'opt', value: '99999999999.99996' }),
        price({ offerId: 'g', priceTypeId: 'retail', value: '0,00001' }),
        price({ offerId: 'g', priceTypeId: 'retail', minQuantity: '10', value: '12345678901' }),
      ],
      stock: [
        stock({ offerId: 'g', warehouseId: 'w1', quantity: '999999999999.9999' }),
        stock({ offerId: 'g', warehouseId: 'w2', quantity: '1' }),
      ],
    })
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(problemsOf(session).filter((problem) => problem.startsWith('error'))).toEqual([
      'error bad_number × 1',
      'error bad_number × 1',
    ])
    expect(await query(`select count(*)::int as values from attribute_values`)).toMatchObject([{ values: 2 }])
    expect(await query(`select value from prices`)).toEqual([{ value: '12345678901.0000' }])
  })
})

describe('names that differ only in spelling', () => {
  test('are one attribute and one brand, and different numbers stay different values', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      properties: [
        property({
          id: 'p1',
          name: 'Размер, см',
          values: [
            { id: 'v1', value: '2,5' },
            { id: 'v2', value: '2.5' },
            { id: 'v3', value: '25' },
            { id: 'v4', value: '10"' },
            { id: 'v5', value: '10' },
          ],
        }),
        property({
          id: 'p2',
          name: ' размер,  СМ ',
          values: [
            { id: 'v6', value: '10х20' },
            { id: 'v7', value: '10×20' },
          ],
        }),
        property({ id: 'p3', name: 'Материал', type: 'Справочник' }),
        property({ id: 'p4', name: 'материал.', type: 'Строка' }),
        brands({ b1: 'COSMO', b2: 'Cosmo', b3: 'Ingame.', b4: 'ingame', b5: 'БЕЗ БРЕНДА' }),
      ],
      goods: [good({ id: 'g' })],
    })
    const session = await importNow(['catalog'], source)

    expect(await query(`select name from brands order by 1`)).toEqual([{ name: 'COSMO' }, { name: 'Ingame.' }])
    expect(
      await query(
        `select a.name, type, count(v.id)::int as values from attributes as a left join attribute_values as v on v.attribute_id = a.id where a.name <> 'Бренд' group by a.id order by 1`,
      ),
    ).toEqual([
      { name: 'Материал', type: 'text', values: 0 },
      { name: 'Размер, см', type: 'reference', values: 5 },
    ])
    expect(problemsOf(session)).toContain('warning type_conflict × 1')
  })
})

describe('groups', () => {
  const tree = () =>
    query(
      `select c.onec_id, p.onec_id as parent from categories as c left join categories as p on p.id = c.parent_id order by 1`,
    )

  test('that move under a group of the same export are counted as updated', async () => {
    const source = temporaryDirectory()
    const goods = [good({ id: 'g', groupIds: ['still'] })]
    await writeExport(source, { groups: [group({ id: 'judo' }), group({ id: 'still' })], goods })
    await importNow(['catalog'], source)
    await writeExport(source, {
      groups: [group({ id: 'new', children: [group({ id: 'judo' })] }), group({ id: 'still' })],
      goods,
    })
    const session = await importNow(['catalog'], source)

    expect(countsOf(session, 'groups')).toEqual({ processed: 3, created: 1, updated: 1, unchanged: 1 })
    expect(await tree()).toEqual([
      { onec_id: 'judo', parent: 'new' },
      { onec_id: 'new', parent: null },
      { onec_id: 'still', parent: null },
    ])
  })

  test('of one name under different parents are different categories with slugs of their own', async () => {
    const source = temporaryDirectory()
    const children = (n: number) => [group({ id: `balls${n}`, name: 'Мячи' })]
    await writeExport(source, {
      groups: [group({ id: 'a', children: children(1) }), group({ id: 'b', children: children(2) })],
      goods: [good({ id: 'g' })],
    })
    await importNow(['catalog'], source)
    const slugs = await query(`select slug from categories where name = 'Мячи' order by onec_id`)
    expect(slugs[0]).toEqual({ slug: 'myachi' })
    expect(slugs[1]?.slug).toMatch(/^myachi-[0-9a-f]{8}$/)
  })

  test('stay in a group that is marked as deleted and says nothing else of itself', async () => {
    const source = temporaryDirectory()
    const judo = group({ id: 'judo' })
    const goods = [good({ id: 'g', groupIds: ['judo'] })]
    await writeExport(source, { groups: [group({ id: 'sport', children: [judo] })], goods })
    await importNow(['catalog'], source)
    await writeExport(source, { groups: [group({ id: 'sport', name: '', deleted: true, children: [judo] })], goods })
    const session = await importNow(['catalog'], source)
    expect(problemsOf(session)).toEqual([])
    expect(countsOf(session, 'groups')).toEqual({ processed: 2, updated: 1, unchanged: 1, deactivated: 1 })
    expect(await tree()).toEqual([
      { onec_id: 'judo', parent: 'sport' },
      { onec_id: 'sport', parent: null },
    ])
  })

  test('are not laid into each other by a group that only says its id', async () => {
    const source = temporaryDirectory()
    const goods = [good({ id: 'g' })]
    await writeExport(source, { groups: [group({ id: 'a', children: [group({ id: 'b' })] })], goods })
    await importNow(['catalog'], source)
    await writeExport(source, {
      groups: [group({ id: 'b', name: '', children: [group({ id: 'a' })] }), group({ id: 'x' })],
      goods,
    })
    const session = await importNow(['catalog'], source)
    expect(problemsOf(session)).toEqual(['error missing_name × 1', 'warning group_cycle × 1'])
    expect((await tree()).slice(0, 2)).toEqual([
      { onec_id: 'a', parent: null },
      { onec_id: 'b', parent: 'a' },
    ])
  })

  test('in a group that could not be read are roots, with a problem', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      groups: [group({ id: 'nameless', name: '', children: [group({ id: 'judo' })] }), group({ id: 'x' })],
      goods: [good({ id: 'g' })],
    })
    const session = await importNow(['catalog'], source)
    expect(problemsOf(session)).toEqual(['error missing_name × 1', 'warning unknown_parent × 1'])
    expect(await tree()).toContainEqual({ onec_id: 'judo', parent: null })
  })
})

describe('references to what is not there yet', () => {
  test('are kept, reported, and linked by the session that brings it', async () => {
    const source = temporaryDirectory()
    const { groups, properties, priceTypes, warehouses, goods, offers, prices, stock: stocks } = shop()
    await writeExport(source, { goods: [good({ id: 'other', groupIds: ['judo'] })], offers, prices, stock: stocks })
    const first = await importNow(['catalog'], source)

    expect(first.status).toBe('COMPLETED')
    expect(problemsOf(first)).toEqual([
      'warning dangling_reference × 1',
      'warning dangling_reference × 1',
      'warning dangling_reference × 2',
      'warning dangling_reference × 4',
    ])
    expect(
      await query(
        `select count(*)::int as stored, count(variant_id)::int as linked, count(price_type_id)::int as typed from prices`,
      ),
    ).toEqual([{ stored: 3, linked: 2, typed: 0 }])

    await writeExport(source, { groups, properties, priceTypes, warehouses, goods })
    const second = await importNow(['catalog'], source)

    expect(second.status).toBe('COMPLETED')
    expect(
      await query(`select count(variant_id)::int as linked, count(price_type_id)::int as typed from prices`),
    ).toEqual([{ linked: 3, typed: 3 }])
    expect(await query(`select count(variant_id)::int as linked from stocks`)).toEqual([{ linked: 2 }])
    expect(await query(`select count(*)::int as dangling from product_variants where product_id is null`)).toEqual([
      { dangling: 0 },
    ])
    expect(
      await query(
        `select c.onec_id from products as p join categories as c on c.id = p.category_id where p.onec_id = 'other'`,
      ),
    ).toEqual([{ onec_id: 'judo' }])
  })

  test('end in the same tables whichever came first', async () => {
    const { prices, stock: stocks, ...rest } = shop()
    const source = temporaryDirectory()
    const linked = () =>
      query(`select p.offer_onec_id, p.price_type_onec_id, v.onec_id as variant, t.onec_id as type from prices as p
        join product_variants as v on v.id = variant_id join price_types as t on t.id = price_type_id order by 1, 2`)
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    const together = await linked()
    await emptyDatabase()

    await writeExport(source, { goods: [good({ id: 'first' })], prices, stock: stocks })
    await importNow(['catalog'], source)
    await writeExport(source, rest)
    await importNow(['catalog'], source)

    expect(await linked()).toEqual(together)
  })

  test('keep a good without a known group in a hidden category until the group arrives', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g', groupIds: ['unknown'] })] })
    await importNow(['catalog'], source)
    const place = () =>
      query(`select c.name, c.is_active from products as p join categories as c on c.id = p.category_id`)
    expect(await place()).toEqual([{ name: 'Без категории', is_active: false }])

    await writeExport(source, {
      groups: [group({ id: 'unknown', name: 'Мячи' })],
      goods: [good({ id: 'g', groupIds: ['unknown'] })],
    })
    await importNow(['catalog'], source)
    expect(await place()).toEqual([{ name: 'Мячи', is_active: true }])
  })

  test('keep a good of several groups in the first that is known, until one before it arrives', async () => {
    const source = temporaryDirectory()
    const goods = [good({ id: 'g', groupIds: ['a', 'b', 'c'] })]
    const place = () =>
      query(`select c.onec_id from products as p join categories as c on c.id = p.category_id where p.onec_id = 'g'`)
    for (const id of ['c', 'b', 'a']) {
      await writeExport(source, { groups: [group({ id })], goods: id === 'c' ? goods : [good({ id: 'other' })] })
      await importNow(['catalog'], source)
      expect(await place()).toEqual([{ onec_id: id }])
    }
  })
})

describe('default variants', () => {
  test('retire when real variants come, and keep no price of another offer', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g' })], prices: [price({ offerId: 'g#x', priceTypeId: 't' })] })
    await importNow(['catalog'], source)
    expect(await query(`select onec_id, is_default, is_active from product_variants`)).toEqual([
      { onec_id: 'g', is_default: true, is_active: true },
    ])
    expect(await query(`select variant_id from prices`)).toEqual([{ variant_id: null }])

    await writeExport(source, { goods: [good({ id: 'g' })], offers: [offer({ id: 'g#x' })] })
    const session = await importNow(['catalog'], source)

    expect(countsOf(session, 'offers')).toMatchObject({ created: 1, deactivated: 1, linked: 1 })
    expect(await query(`select onec_id, is_active from product_variants order by 1`)).toEqual([
      { onec_id: 'g', is_active: false },
      { onec_id: 'g#x', is_active: true },
    ])
  })
})

describe('attributes', () => {
  test('begin inactive, those of properties and those that only characteristics name; the latter are linked by name', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      properties: [property({ id: 'p', name: 'Цвет' }), property({ id: 'q', name: 'Вес', type: 'Число' })],
      goods: [good({ id: 'g' })],
      offers: [
        offer({
          id: 'g#1',
          characteristics: [
            { name: ' цвет:', value: 'Синий' },
            { name: 'Рисунок', value: 'Полоска' },
          ],
        }),
      ],
    })
    await importNow(['catalog'], source)
    expect(await query(`select name, is_active from attributes order by 1`)).toEqual([
      { name: 'Вес', is_active: false },
      { name: 'Рисунок', is_active: false },
      { name: 'Цвет', is_active: false },
    ])
    expect(
      await query(
        `select a.name, va.value from variant_attributes as va join attributes as a on a.id = attribute_id order by position`,
      ),
    ).toEqual([
      { name: 'Цвет', value: 'Синий' },
      { name: 'Рисунок', value: 'Полоска' },
    ])
  })
})

describe('offers', () => {
  test('may share an article, and one under the good’s own id takes the place of its default variant', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'a' }), good({ id: 'b' })] })
    await importNow(['catalog'], source)
    await writeExport(source, {
      goods: [good({ id: 'a' }), good({ id: 'b' })],
      offers: ['a', 'b#1', 'b#2'].map((id) => offer({ id, article: 'ONE' })),
    })
    const session = await importNow(['catalog'], source)
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    expect(
      await query(`select onec_id, is_default from product_variants where is_active and article = 'ONE' order by 1`),
    ).toEqual(['a', 'b#1', 'b#2'].map((onec_id) => ({ onec_id, is_default: false })))
  })
})

describe('prices', () => {
  test('are one for an offer, a price type and a quantity, with unit and ratio; a zero is none, and no type is taken for another', async () => {
    const source = temporaryDirectory()
    const given = { offerId: 'g', priceTypeId: 'незнакомый' }
    const priceTypes = [priceType({ id: 'retail', name: 'Розничная', currency: 'тг' })]
    await writeExport(source, {
      priceTypes,
      goods: [good({ id: 'g' })],
      prices: [
        price({ ...given, value: '5', unit: 'шт', ratio: '1,5', currency: 'грн' }),
        price({ ...given, value: '4', minQuantity: '10' }),
        price({ offerId: 'g', priceTypeId: 'retail', value: '9' }),
      ],
    })
    await importNow(['catalog'], source)
    const stored = () =>
      query(
        `select price_type_onec_id as type, min_quantity::float as quantity, value::float, currency, unit, ratio::float, price_type_id is null as waits
         from prices order by 1, 2`,
      )
    const retail = { type: 'retail', quantity: 0, value: 9, currency: 'RUB', unit: null, ratio: null, waits: false }
    const unknown = { type: 'незнакомый', waits: true }
    expect(await stored()).toEqual([
      retail,
      { ...unknown, quantity: 0, value: 5, currency: 'UAH', unit: 'шт', ratio: 1.5 },
      { ...unknown, quantity: 10, value: 4, currency: 'RUB', unit: null, ratio: null },
    ])
    expect(await query(`select onec_id, name, currency from price_types`)).toEqual([
      { onec_id: 'retail', name: 'Розничная', currency: 'KZT' },
    ])
    await writeExport(source, {
      prices: [price({ ...given, value: '0,00' }), price({ ...given, value: '0', minQuantity: '10' })],
    })
    expect(countsOf(await importNow(['prices'], source), 'prices')).toEqual({ processed: 2, updated: 2 })
    expect(await stored()).toEqual([retail])
  })
})

describe('a session', () => {
  test('reads every byte of its files, and says so', async () => {
    const source = temporaryDirectory()
    const files = await writeExport(source, { ...shop(), layout: 'classic' })
    const { id } = await importNow(['catalog', 'stocks', 'prices', 'variants'], source)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    expect(await query(`select bytes_total::int, bytes_read::int from import_sessions where id = $1`, [id])).toEqual([
      { bytes_total: bytes, bytes_read: bytes },
    ])
  })

  test('keeps the first ten thousand problems in full, and counts all of them', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'g' })],
      priceTypes: [priceType({ id: 'opt' })],
      prices: Array.from({ length: 10_020 }, (_, i) => price({ offerId: `нет ${i}`, priceTypeId: 'opt' })),
    })
    const session = await importNow(['catalog'], source)
    expect(problemsOf(session)).toContain('warning dangling_reference × 10020')
    expect(await query(`select count(*)::int as kept from import_problems`)).toEqual([{ kept: 10_000 }])
  })
})

describe('records that cannot be imported', () => {
  test('are errors with file, line and id, and the rest is imported', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      ...shop(),
      prices: [
        price({ offerId: 'ball', priceTypeId: 'opt', value: 'abc' }),
        price({ offerId: 'ball', priceTypeId: 'retail', value: '5' }),
        price({ offerId: 'kimono#s', priceTypeId: 'retail', value: '7' }),
        price({ offerId: 'kimono#s', priceTypeId: 'retail', value: '8' }),
        price({ offerId: 'kimono#m', priceTypeId: 'retail', value: '-999\u00a0999\u00a0999,9' }),
      ],
    })
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(countsOf(session, 'prices')).toEqual({
      processed: 5,
      created: 2,
      unchanged: 1,
      skipped: 1,
      errors: 1,
      warnings: 1,
    })
    expect(problemsOf(session)).toEqual(['error bad_number × 1', 'warning duplicate_record × 1'])
    const problem = session.problems.find(({ severity }) => severity === 'error')?.examples[0]
    expect(problem).toMatchObject({ file: 'prices/prices.xml', externalId: 'ball', field: 'ЦенаЗаЕдиницу' })
    expect(problem?.message).toContain('«abc»')
    expect(problem?.line).toBeGreaterThan(1)
    expect(await query(`select value from prices where offer_onec_id = 'kimono#s'`)).toEqual([{ value: '8.0000' }])
  })

  test('are told of whole also where a long text is cut in the middle of a character', async () => {
    const source = temporaryDirectory()
    const value = `${'9'.repeat(59)}🏀 рублей`
    await writeExport(source, {
      ...shop(),
      prices: ['1', '2', '3', value].map((value, i) => price({ offerId: `p${i}`, priceTypeId: 'opt', value })),
    })
    const session = await importNow(['catalog'], source)
    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(session.problems.find(({ severity }) => severity === 'error')?.examples[0]?.message).toContain('9\uFFFD»')
  })

  test('fail the session before any write when they are more than half of a step', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      ...shop(),
      prices: ['a', 'b', '1'].map((value, i) => price({ offerId: `p${i}`, priceTypeId: 'opt', value })),
    })
    const before = await catalogue()
    const session = await importNow(['catalog'], source)

    expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
    expect(session.errorMessage).toContain('2 из 3')
    expect(problemsOf(session)).toEqual(['error bad_number × 2'])
    expect(await catalogue()).toEqual(before)
  })

  test('an empty price takes the stored one away', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    await writeExport(source, {
      prices: [
        price({ offerId: 'ball', priceTypeId: 'opt', value: '' }),
        price({ offerId: 'kimono#s', priceTypeId: 'retail', value: '9' }),
      ],
    })
    const session = await importNow(['prices'], source)

    expect(countsOf(session, 'prices')).toEqual({ processed: 2, updated: 2 })
    expect(await query(`select offer_onec_id from prices order by 1`)).toEqual([
      { offer_onec_id: 'kimono#m' },
      { offer_onec_id: 'kimono#s' },
    ])
  })
})

describe('stock', () => {
  test('on its own updates quantities, makes unknown warehouses and warns of negative ones', async () => {
    const source = temporaryDirectory()
    await writeExport(source, shop())
    await importNow(['catalog'], source)
    await writeExport(source, {
      stock: [
        stock({ offerId: 'ball', warehouseId: 'w2', quantity: '-4' }),
        stock({ offerId: 'ball', warehouseId: 'w9', quantity: '1' }),
      ],
    })
    const session = await importNow(['stocks'], source)

    expect(session.steps.map(({ kind }) => kind)).toEqual(['warehouses', 'stock'])
    expect(countsOf(session, 'stock')).toEqual({ processed: 2, created: 1, updated: 1, warnings: 1 })
    expect(
      await query(`select warehouse_onec_id, quantity from stocks where offer_onec_id = 'ball' order by 1`),
    ).toEqual([
      { warehouse_onec_id: 'w2', quantity: '-4.000' },
      { warehouse_onec_id: 'w9', quantity: '1.000' },
    ])
    expect(await query(`select name from warehouses where onec_id = 'w9'`)).toEqual([{ name: null }])
  })

  test('is never a total and its own parts: neither in one export, nor in one after the other', async () => {
    const source = temporaryDirectory()
    const total = (quantity: string) =>
      `<ПакетПредложений><Предложения><Предложение><Ид>a</Ид><Наименование>Мяч</Наименование><Количество>${quantity}</Количество></Предложение></Предложения></ПакетПредложений>`
    const rest = (id: string, quantity: string) =>
      `<Остаток><Склад><Ид>${id}</Ид><Количество>${quantity}</Количество></Склад></Остаток>`
    const parts = (first: string, second: string, flag = 'true') =>
      `<ПакетПредложений СодержитТолькоИзменения="${flag}"><Предложения><Предложение><Ид>a</Ид><Остатки>${rest('w1', first)}${rest('w2', second)}</Остатки></Предложение></Предложения></ПакетПредложений>`
    const stored = async () =>
      Object.fromEntries(
        (
          await query<{ id: string; quantity: string }>(
            `select warehouse_onec_id as id, quantity::float8::text as quantity from stocks where quantity <> 0 order by 1`,
          )
        ).map(({ id, quantity }) => [id, quantity]),
      )
    const take = async (files: Record<string, string>) => {
      const directory = temporaryDirectory()
      for (const [name, xml] of Object.entries(files)) await writeRaw(directory, name, xmlDocument(xml))
      const session = await importNow(['stocks'], directory)
      expect(session.status).toBe('COMPLETED')
      return countsOf(session, 'stock')
    }
    await writeExport(source, { goods: [good({ id: 'a' })] })
    await importNow(['catalog'], source)

    expect(await take({ 'offers.xml': total('10'), 'rests.xml': parts('4', '6') })).toMatchObject({ created: 2 })
    expect(await stored()).toEqual({ w1: '4', w2: '6' })
    // What the parts come to says nothing new, also in a full file; another total stands for all of them.
    const full = total('10').replace('ний>', 'ний СодержитТолькоИзменения="false">')
    expect(await take({ 'offers.xml': full })).toEqual({ processed: 1, unchanged: 1 })
    expect(await stored()).toEqual({ w1: '4', w2: '6' })
    expect(await take({ 'offers.xml': total('12') })).toEqual({ processed: 1, created: 1, deactivated: 2 })
    expect(await take({ 'offers.xml': total('12') })).toEqual({ processed: 1, unchanged: 1 })
    expect(await stored()).toEqual({ '': '12' })
    expect(await take({ 'rests.xml': parts('5', '7') })).toEqual({ processed: 2, updated: 2, deactivated: 1 })
    expect(await stored()).toEqual({ w1: '5', w2: '7' })
  })
})
