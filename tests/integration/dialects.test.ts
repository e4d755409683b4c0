import { beforeEach, describe, expect, test } from 'vitest'
import type { ImportType } from '@/prisma/client/enums'
import { encode } from '@/scripts/sample/encoding'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { brands, good, property, writeExport } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { catalogue, countsOf, emptyDatabase, importNow, problemsOf, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

type Files = Record<string, string | Uint8Array>

/** Imports files of the test's own, as they are. */
async function importFiles(files: Files, types: ImportType[] = ['catalog']) {
  const source = temporaryDirectory()
  for (const [name, content] of Object.entries(files)) await writeRaw(source, name, content)
  return importNow(types, source)
}

const body = (xml: string, attributes = '') => `<КоммерческаяИнформация${attributes}>${xml}</КоммерческаяИнформация>`
const goodXml = (id: string, more = '') => `<Товар><Ид>${id}</Ид><Наименование>Мяч ${id}</Наименование>${more}</Товар>`
const catalogXml = (...goods: string[]) => `<Каталог><Товары>${goods.join('')}</Товары></Каталог>`
const products = () => query(`select onec_id, name from products order by 1`)

describe('the same goods are read', () => {
  const xml = body(catalogXml(goodXml('a')))
  const prefixed = (prefix: string, namespace: string) =>
    body(catalogXml(goodXml('a')))
      .replace(/<(\/?)(?=[А-Я])/g, `<$1${prefix}:`)
      .replace('Информация', `Информация xmlns:${prefix}="${namespace}"`)

  test.each<[string, string | Uint8Array]>([
    ['without a namespace', xml],
    ['in urn:1C.ru:commerceml_2', body(catalogXml(goodXml('a')), ' xmlns="urn:1C.ru:commerceml_2"')],
    ['in urn:1C.ru:commerceml_205', body(catalogXml(goodXml('a')), ' xmlns="urn:1C.ru:commerceml_205"')],
    ['in urn:1C.ru:commerceml_208', body(catalogXml(goodXml('a')), ' xmlns="urn:1C.ru:commerceml_208"')],
    ['in urn:1C.ru:commerceml_210', body(catalogXml(goodXml('a')), ' xmlns="urn:1C.ru:commerceml_210"')],
    ['in urn:1C.ru:commerceml_3', body(catalogXml(goodXml('a')), ' xmlns="urn:1C.ru:commerceml_3"')],
    ['with a prefix', prefixed('cml', 'urn:1C.ru:commerceml_2')],
    ['with a Cyrillic prefix', prefixed('д', 'urn:1C.ru:commerceml_3')],
    ['with CRLF', `<?xml version="1.0" encoding="UTF-8"?>\r\n${xml.replaceAll('><', '>\r\n<')}\r\n`],
    ['on one line', `<?xml version="1.0"?>${xml}`],
    ['with values on lines of their own', xml.replaceAll(/>([^<>]+)</g, '>\n\t\u00a0$1\u00a0\n<')],
    ['with a BOM and no declaration', `\uFEFF${xml}`],
    ['with single quotes in the declaration', `<?xml version='1.0' encoding='utf-8'?>${xml}`],
    ['in CDATA', xml.replace('Мяч a', '<![CDATA[Мяч a]]>')],
    ['with comments and instructions between', xml.replace('<Товар>', '<!-- <Товар> --><?x y?><Товар>')],
    ['in UTF-16 with a BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), encode(xml, 'utf16')])],
    ['in UTF-16 with no BOM', encode(xml, 'utf16')],
    ['in UTF-16BE', Buffer.concat([Buffer.from([0xff, 0xfe]), encode(xml, 'utf16')]).swap16()],
    ['in windows-1251', encode(`<?xml version="1.0" encoding="windows-1251"?>${xml}`, 'cp1251')],
    ['in windows-1251, declared cp1251', encode(`<?xml version="1.0" encoding="CP1251"?>${xml}`, 'cp1251')],
  ])('%s', async (_how, content) => {
    const session = await importFiles({ 'import.xml': content })
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    expect(await products()).toEqual([{ onec_id: 'a', name: 'Мяч a' }])
  })

  test.each<[string, string | Uint8Array]>([
    ['declared windows-1251, but in UTF-8', `<?xml version="1.0" encoding="windows-1251"?>${xml}`],
    ['declared UTF-8, but in windows-1251', encode(`<?xml version="1.0" encoding="UTF-8"?>${xml}`, 'cp1251')],
  ])('%s, with a warning', async (_how, content) => {
    const session = await importFiles({ 'import.xml': content })
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual(['warning encoding_mismatch × 1'])
    expect(await products()).toEqual([{ onec_id: 'a', name: 'Мяч a' }])
  })
})

describe('what a file holds', () => {
  test('is told by its content, whatever its name', async () => {
    const offers = `<Предложения><Предложение><Ид>a</Ид><Наименование>x</Наименование></Предложение></Предложения>`
    const session = await importFiles({
      'offers.xml': body(catalogXml(goodXml('a'))),
      'goods/prices.xml': body(`<ПакетПредложений>${offers}</ПакетПредложений>`),
      'rests.XML': body(
        '<Классификатор><Группы><Группа><Ид>g</Ид><Наименование>Мячи</Наименование></Группа></Группы></Классификатор>',
      ),
    })
    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'goods')).toEqual({ processed: 1, created: 1 })
    expect(countsOf(session, 'offers')).toMatchObject({ processed: 1 })
    expect(countsOf(session, 'groups')).toEqual({ processed: 1, created: 1 })
  })

  test('may be everything at once', async () => {
    const named = (tag: string, id: string, more = '') =>
      `<${tag}><Ид>${id}</Ид><Наименование>${id}</Наименование>${more}</${tag}>`
    const session = await importFiles(
      {
        'all.xml': body(`
        <Классификатор><Группы>${named('Группа', 'g')}</Группы><Свойства>${named('Свойство', 'p')}</Свойства></Классификатор>
        ${catalogXml(goodXml('a', '<Группы><Ид>g</Ид></Группы>'))}
        <ПакетПредложений><ТипыЦен>${named('ТипЦены', 't')}</ТипыЦен><Склады>${named('Склад', 'w')}</Склады><Предложения>
          <Предложение><Ид>a#1</Ид><Наименование>a</Наименование>
            <Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены>
            <Количество>7</Количество><Склад ИдСклада="w" КоличествоНаСкладе="7"/></Предложение>
        </Предложения></ПакетПредложений>
        <Контрагенты>${named('Контрагент', 'c')}</Контрагенты>`),
      },
      ['catalog', 'customers'],
    )
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    for (const { kind, processed, created } of session.steps) {
      const count = kind === 'images' ? 0 : 1
      expect({ kind, processed, created }).toEqual({ kind, processed: count, created: count })
    }
    expect(await query(`select quantity from stocks`)).toEqual([{ quantity: '7.000' }])
  })

  test('that no step imports is named in the report', async () => {
    const session = await importFiles({
      'goods.xml': body(catalogXml(goodXml('a'))),
      'orders.xml': body('<Документ><Ид>1</Ид><Товары><Товар><Ид>x</Ид></Товар></Товары></Документ>'),
      'notes.xml': '<notes/>',
    })
    expect(problemsOf(session)).toEqual(['warning file_not_used × 2'])
    const [unused] = session.problems
    expect(unused?.examples.map(({ file }) => file)).toEqual(['notes.xml', 'orders.xml'])
    expect(await products()).toHaveLength(1)
  })

  test('may be variants of which nothing but the ids is said', async () => {
    const offers = (xml: string) => body(`<ПакетПредложений><Предложения>${xml}</Предложения></ПакетПредложений>`)
    const bare = '<Предложение><Ид>a#1</Ид></Предложение><Предложение><Ид>a</Ид></Предложение>'
    const session = await importFiles({ 'import.xml': body(catalogXml(goodXml('a'))), 'offers.xml': offers(bare) })
    expect(problemsOf(session)).toEqual([])
    expect(countsOf(session, 'offers')).toEqual({ processed: 1, created: 1 })
    const variants = () => query(`select onec_id, name, article from product_variants order by 1`)
    expect(await variants()).toEqual([{ onec_id: 'a#1', name: null, article: null }])
    const described = '<Предложение><Ид>a#1</Ид><Наименование>Мяч</Наименование><Артикул>1</Артикул></Предложение>'
    await importFiles({ 'offers.xml': offers(described) }, ['variants'])
    const again = await importFiles({ 'offers.xml': offers(bare) }, ['variants'])
    expect(countsOf(again, 'offers')).toEqual({ processed: 1, unchanged: 1 })
    expect(await variants()).toEqual([{ onec_id: 'a#1', name: 'Мяч', article: '1' }])
  })

  test('may be goods that carry their stock themselves', async () => {
    const rest = '<Остатки><Остаток><Склад><Ид>w</Ид><Количество>5</Количество></Склад></Остаток></Остатки>'
    const files = { 'import.xml': body(catalogXml(goodXml('a', rest))) }
    await importFiles({ 'import.xml': body(catalogXml(goodXml('a'))) })
    expect(countsOf(await importFiles(files, ['stocks']), 'stock')).toEqual({ processed: 1, created: 1 })
  })

  test('may be orders beside a catalogue, or nothing that stands where it belongs', async () => {
    const order = `<Документ><Ид>1</Ид><Контрагенты><Контрагент><Ид>x</Ид><Наименование>x</Наименование></Контрагент></Контрагенты><Товары>${goodXml('x')}</Товары></Документ>`
    const files = {
      'both.xml': body(`${order}${catalogXml(goodXml('a'))}${order}`),
      'orders.xml': body(`<Контейнер>${order}</Контейнер>${order}`),
      'astray.xml': body(`<Заказ>${goodXml('y')}</Заказ>`),
    }
    const session = await importFiles(files)
    expect(session.status).toBe('COMPLETED')
    expect(await products()).toEqual([{ onec_id: 'a', name: 'Мяч a' }])
    expect(session.problems.map(({ code, examples }) => [code, examples.map(({ file }) => file)])).toEqual([
      ['file_not_used', ['orders.xml', 'astray.xml']],
    ])
  })

  test('of units of measure is what the codes mean that goods name', async () => {
    const units = `<Классификатор><ЕдиницыИзмерения>
      <ЕдиницаИзмерения><Ид>796 </Ид><НаименованиеКраткое>шт</НаименованиеКраткое><Код>796 </Код><НаименованиеПолное>Штука</НаименованиеПолное><МеждународноеСокращение>PCE</МеждународноеСокращение></ЕдиницаИзмерения>
      <ЕдиницаИзмерения><Ид>715</Ид></ЕдиницаИзмерения><ЕдиницаИзмерения/></ЕдиницыИзмерения></Классификатор>`
    const files = {
      'goods.xml': body(catalogXml(goodXml('a', '<БазоваяЕдиница>796 </БазоваяЕдиница>'))),
      'units/units.xml': body(units),
    }
    const unitOf = () => query(`select p.unit, u.name from products as p left join units as u on u.code = p.unit`)
    const session = await importFiles(files)
    expect(problemsOf(session)).toEqual([])
    expect(countsOf(session, 'goods')).toEqual({ processed: 1, created: 1 })
    expect(await unitOf()).toEqual([{ unit: '796', name: 'шт' }])
    expect(await query(`select onec_id, code, full_name, international from units order by 1`)).toEqual([
      { onec_id: '715', code: '715', full_name: null, international: null },
      { onec_id: '796', code: '796', full_name: 'Штука', international: 'PCE' },
    ])
    const before = await catalogue()
    await importFiles(files)
    expect(await catalogue()).toEqual(before)
    await importFiles({ ...files, 'units/units.xml': body(units.replace('шт<', 'штука<')) })
    expect(await unitOf()).toEqual([{ unit: '796', name: 'штука' }])
  })

  test('is found in the middle of a long file, too', async () => {
    const some = (count: number, xml: (id: string) => string) =>
      Array.from({ length: count }, (_, i) => xml(`${i}`)).join('')
    const groups = some(5_000, (id) => `<Группа><Ид>g${id}</Ид><Наименование>Группа ${id}</Наименование></Группа>`)
    const properties = '<Свойство><Ид>p</Ид><Наименование>Вес</Наименование></Свойство>'
    const goods = some(20_000, (id) => goodXml(id))
    const session = await importFiles(
      {
        'import.xml': body(
          `<Классификатор><Группы>${groups}</Группы><Свойства>${properties}</Свойства></Классификатор>${catalogXml(goods)}`,
        ),
      },
      ['attributes'],
    )
    expect(session.steps).toMatchObject([{ kind: 'properties', processed: 1, created: 1 }])
  })
})

describe('parts', () => {
  test('are read in numeric order: the last of ten wins over the second', async () => {
    const part = (name: string) => body(catalogXml(`<Товар><Ид>a</Ид><Наименование>${name}</Наименование></Товар>`))
    const session = await importFiles({
      'goods/goods_1_10_b.xml': part('десятая'),
      'goods/goods_1_2_c.xml': part('вторая'),
      'goods/goods_1_1_d.xml': part('первая'),
    })
    expect(countsOf(session, 'goods')).toEqual({ processed: 3, created: 1, skipped: 2, warnings: 2 })
    expect(await products()).toEqual([{ onec_id: 'a', name: 'десятая' }])
  })

  test('without the classifier belong to the one before', async () => {
    const source = temporaryDirectory()
    await writeSample(source, generateExport({ seed: 3, goods: 25 }), { layout: 'classic', goodsPerFile: 10 })
    const session = await importNow(['catalog'], source)
    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'goods')).toMatchObject({ processed: 25, created: 25 })
    expect(problemsOf(session)).toEqual([])
  })
})

describe('prices', () => {
  const prices = (value: string) =>
    `<Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>${value}</ЦенаЗаЕдиницу><Валюта>руб</Валюта><КоличествоОт>10</КоличествоОт></Цена></Цены>`

  test.each([
    ['inside Товар', catalogXml(goodXml('a', prices('5')))],
    [
      'in offers',
      `${catalogXml(goodXml('a'))}<ПакетПредложений><Предложения><Предложение><Ид>a</Ид><Наименование>Мяч</Наименование>${prices('5')}</Предложение></Предложения></ПакетПредложений>`,
    ],
    [
      'on their own',
      `${catalogXml(goodXml('a'))}<ПакетПредложений><Предложения><Предложение><Ид>a</Ид>${prices('5')}</Предложение></Предложения></ПакетПредложений>`,
    ],
    [
      'in a package of changes',
      `${catalogXml(goodXml('a'))}<ИзмененияПакетаПредложений><Предложения><Предложение><Ид>a</Ид>${prices('5')}</Предложение></Предложения></ИзмененияПакетаПредложений>`,
    ],
  ])('%s are the same', async (_where, xml) => {
    const session = await importFiles({ 'any.xml': body(xml) })
    expect(session.status).toBe('COMPLETED')
    expect(
      await query(
        `select v.onec_id, price_type_onec_id, min_quantity, value, currency from prices join product_variants as v on v.id = variant_id`,
      ),
    ).toEqual([{ onec_id: 'a', price_type_onec_id: 't', min_quantity: '10.000', value: '5.0000', currency: 'RUB' }])
  })
})

describe('a variant of CommerceML 2.04, a Товар under a composite id', () => {
  const variant = (id: string, color: string, barcode: string) =>
    goodXml(
      id,
      `<Штрихкод>${barcode}</Штрихкод><ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Цвет</Наименование><Значение>${color}</Значение></ХарактеристикаТовара></ХарактеристикиТовара>`,
    ).replace(/Мяч [^<]+/, 'Мяч')
  const offerXml = (id: string) =>
    `<Предложение><Ид>${id}</Ид><Наименование>Мяч</Наименование><Количество>3</Количество></Предложение>`
  const variants = () =>
    query(
      `select v.onec_id, p.onec_id as product, color from product_variants as v join products as p on p.id = product_id order by 1`,
    )
  const expected = [
    { onec_id: 'a#1', product: 'a', color: 'Белый' },
    { onec_id: 'a#2', product: 'a', color: 'Красный' },
  ]
  const goods = catalogXml(variant('a#1', 'Белый', '1'), variant('a#2', 'Красный', '2'))

  test('is one good with variants, which take their characteristics from it', async () => {
    const session = await importFiles({
      'import.xml': body(goods),
      'offers.xml': body(
        `<ПакетПредложений><Предложения>${offerXml('a#1')}${offerXml('a#2')}</Предложения></ПакетПредложений>`,
      ),
    })
    expect(session.status).toBe('COMPLETED')
    expect(problemsOf(session)).toEqual([])
    expect(countsOf(session, 'goods')).toEqual({ processed: 2, created: 1, unchanged: 1 })
    expect(countsOf(session, 'offers')).toEqual({ processed: 4, created: 2, unchanged: 2 })
    expect(await products()).toEqual([{ onec_id: 'a', name: 'Мяч' }])
    expect(await variants()).toEqual(expected)
  })

  test('that is marked as deleted goes alone: the good and its other variants stay', async () => {
    await importFiles({ 'import.xml': body(goods) })
    const full = ' СодержитТолькоИзменения="false"'
    for (const mark of ['<Статус>Удален</Статус></Товар>', '</Товар>']) {
      const marked = mark.includes('Статус')
        ? variant('a#2', 'Красный', '2').replace('</Товар>', mark)
        : `<Товар Статус="Удален"><Ид>a#2</Ид>${mark}`
      await importFiles({ 'import.xml': body(goods) })
      const session = await importFiles({
        'import.xml': body(catalogXml(variant('a#1', 'Белый', '1'), marked).replace('<Каталог', `<Каталог${full}`)),
      })
      expect(session.status).toBe('COMPLETED')
      expect(await query(`select onec_id from products where is_active`)).toEqual([{ onec_id: 'a' }])
      expect(await query(`select onec_id from product_variants where is_active`)).toEqual([{ onec_id: 'a#1' }])
    }
    const alone = await importFiles({ 'import.xml': body(catalogXml('<Товар Статус="Удален"><Ид>a#1</Ид></Товар>')) })
    expect(alone.status).toBe('COMPLETED')
    expect(await query(`select onec_id from product_variants where is_active and not is_default`)).toEqual([])
  })

  test('is there without any offers, too, and keeps its characteristics when offers come alone', async () => {
    await importFiles({ 'import.xml': body(goods) })
    expect(await variants()).toEqual(expected)
    const offers = body(`<ПакетПредложений><Предложения>${offerXml('a#1')}</Предложения></ПакетПредложений>`)
    await importFiles({ 'offers.xml': offers }, ['variants'])
    expect(await variants()).toEqual(expected)
  })
})

describe('brands', () => {
  const listed = (id: string, name: string, brand: string) =>
    property({ id, name, values: [{ id: `v-${id}`, value: brand }] })
  const brandsOf = () =>
    query(
      `select p.onec_id as good, b.name as brand from products as p left join brands as b on b.id = p.brand_id order by 1`,
    )

  test('come from the first source that exists: Бренд by name, by id, Производитель, Торговая марка, Изготовитель, requisites', async () => {
    const sources = [
      listed('p1', 'Бренд', 'по имени'),
      listed('Бренд', 'Марка', 'по ид'),
      listed('p3', 'Производитель', 'производитель'),
      listed('p4', 'Торговая марка', 'торговая марка'),
    ]
    const source = temporaryDirectory()
    for (let first = 0; first <= sources.length + 3; first++) {
      await emptyDatabase()
      const properties = sources.slice(first).toReversed()
      const said = properties.map((one) => ({ propertyId: one.id, value: `v-${one.id}` }))
      const named = [{ name: 'Торговая марка', value: 'реквизит' }].slice(first > sources.length + 1 ? 1 : 0)
      const requisites = [...named, { name: 'Изготовитель', value: 'последний' }]
      await writeExport(source, {
        properties,
        goods: [
          good({
            id: 'a',
            properties: said,
            manufacturer: first <= sources.length ? { id: 'm', name: 'изготовитель' } : undefined,
            requisites: first <= sources.length + 2 ? requisites : [],
          }),
          // One that says nothing of that source has no brand, whatever its factory.
          good({ id: 'b', manufacturer: first < sources.length ? { id: 'm', name: 'изготовитель' } : undefined }),
        ],
      })
      await importNow(['catalog'], source)
      const expected = [
        'по имени',
        'по ид',
        'производитель',
        'торговая марка',
        'изготовитель',
        'реквизит',
        'последний',
        null,
      ][first]
      expect(await brandsOf()).toEqual([
        { good: 'a', brand: expected },
        { good: 'b', brand: null },
      ])
    }
  })

  test('whose id stands in two properties, or beside two names, with different texts are the same at every import', async () => {
    const source = temporaryDirectory()
    const property2 = (id: string, value: string) => property({ id, name: 'Бренд', values: [{ id: 'v', value }] })
    const makers = [
      good({ id: 'a', manufacturer: { id: 'm', name: 'Завод' } }),
      good({ id: 'b', manufacturer: { id: 'm', name: 'Фабрика' } }),
    ]
    const both = [
      { propertyId: 'p1', value: 'v' },
      { propertyId: 'p2', value: 'v' },
    ]
    for (const model of [
      {
        properties: [property2('p2', 'Второй'), property2('p1', 'Первый')],
        goods: [good({ id: 'a', properties: both })],
      },
      { goods: makers },
    ]) {
      await emptyDatabase()
      await writeExport(source, model)
      await importNow(['catalog'], source)
      const before = await catalogue()
      await importNow(['catalog'], source)
      expect(await catalogue()).toEqual(before)
    }
  })

  test('of goods that came before their properties are linked when these come', async () => {
    const source = temporaryDirectory()
    const goods = [
      good({ id: 'a', manufacturer: { id: 'm', name: 'Завод' }, properties: [{ propertyId: 'Бренд', value: 'b' }] }),
    ]
    await writeExport(source, { goods })
    await importNow(['catalog'], source)
    await writeExport(source, { properties: [brands({ b: 'Kordal' })] })
    await importNow(['attributes'], source)
    const brandOf = () => query(`select b.name from products as p join brands as b on b.id = p.brand_id`)
    expect(await brandOf()).toEqual([{ name: 'Kordal' }])

    await writeExport(source, { goods: [good({ id: 'a', name: 'Без свойств' })] })
    await importNow(['catalog'], source)
    expect(await brandOf()).toEqual([{ name: 'Kordal' }])
  })
})

test('a number that came before its property, or before the property was one of numbers, is a number then', async () => {
  const source = temporaryDirectory()
  const number = () => query(`select number from product_attributes`)
  const weight = (type: 'Строка' | 'Число') => ({ properties: [property({ id: 'w', name: 'Вес', type })] })
  await writeExport(source, { goods: [good({ id: 'a', properties: [{ propertyId: 'w', value: '1\u00a0234,5' }] })] })
  await importNow(['catalog'], source)
  for (const [type, expected] of [
    ['Число', '1234.500000'],
    ['Строка', null],
    ['Число', '1234.500000'],
  ] as const) {
    await writeExport(source, weight(type))
    await importNow(['attributes'], source)
    expect(await number()).toEqual([{ number: expected }])
  }
})

test.each([
  ['import.xml', '<Каталог Идентификатор="x"><Товар Идентификатор="y"/></Каталог>'],
  ['offers.xml', '<ПакетПредложений><Предложение ИдентификаторТовара="y" Цена="1"/></ПакетПредложений>'],
])('CommerceML 1.x is refused by name: %s', async (file, part) => {
  const session = await importFiles({
    'goods.xml': body(catalogXml(goodXml('a'))),
    [file]: `<КоммерческаяИнформация ВерсияСхемы="1.0">${part}</КоммерческаяИнформация>`,
  })
  expect(session.errorMessage).toContain(file)
  expect(session.errorMessage).toContain('CommerceML 1.x не поддерживается')
  expect(await products()).toEqual([])
})
