import { describe, expect, test } from 'vitest'
import { inRussian } from '@/lib/imports/in-russian'
import { encode } from '@/scripts/sample/encoding'
import { xmlDocument } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { temporaryDirectory } from '@/tests/setup/temporary'
import type { ExportError } from '@/worker/commerceml/export-error'
import { readFile } from '@/worker/commerceml/read-file'
import type { ContainerRecord, SourceRecord } from '@/worker/commerceml/records'

/** The records of a file, without the ends of its containers. */
async function read(content: string | Uint8Array): Promise<Exclude<SourceRecord, ContainerRecord>[]> {
  const directory = temporaryDirectory()
  await writeRaw(directory, 'file.xml', content)
  const records: SourceRecord[] = []
  for await (const batch of readFile(directory, 'file.xml')) records.push(...batch.records)
  return records.filter((record) => record.kind !== 'container')
}

const offers = (xml: string) =>
  read(xmlDocument(`<ПакетПредложений><Предложения>${xml}</Предложения></ПакетПредложений>`))
const goods = (xml: string) => read(xmlDocument(`<Каталог><Товары>${xml}</Товары></Каталог>`))

describe('stock is read in every form it is written in (COMMERCEML.md §5)', () => {
  const quantities = async (xml: string) =>
    (await offers(`<Предложение><Ид>p</Ид>${xml}</Предложение>`)).flatMap((record) =>
      record.kind === 'stock' ? [[record.warehouseId, record.quantity]] : [],
    )

  test.each([
    [
      'Остатки/Остаток/Склад/{Ид, Количество}',
      '<Остатки><Остаток><Склад><Ид>a</Ид><Количество>1</Количество></Склад></Остаток></Остатки>',
      [['a', '1']],
    ],
    [
      'Остаток/{Склад, Количество}',
      '<Остатки><Остаток><Склад>a</Склад><Количество>2</Количество></Остаток></Остатки>',
      [['a', '2']],
    ],
    [
      'attributes of Склад',
      '<Склад ИдСклада="a" КоличествоНаСкладе="3"/><Склад ИдСклада="b" КоличествоНаСкладе="4"/>',
      [
        ['a', '3'],
        ['b', '4'],
      ],
    ],
    ['a plain Количество', '<Количество>5</Количество>', [['', '5']]],
    [
      'a total beside its parts',
      '<Количество>7</Количество><Склад ИдСклада="a" КоличествоНаСкладе="7"/>',
      [['a', '7']],
    ],
    [
      'a total among its parts',
      '<Остатки><Остаток><Количество>7</Количество></Остаток><Остаток><Склад><Ид>a</Ид><Количество>7</Количество></Склад></Остаток></Остатки>',
      [['a', '7']],
    ],
    [
      'a total in Остатки, its parts beside it',
      '<Остатки><Остаток><Количество>7</Количество></Остаток></Остатки><Склад ИдСклада="a" КоличествоНаСкладе="7"/>',
      [['a', '7']],
    ],
    ['Остаток alone', '<Остаток><Склад ИдСклада="a"/><Количество>2</Количество></Остаток>', [['a', '2']]],
    ['Остатки/Склад', '<Остатки><Склад ИдСклада="a" КоличествоНаСкладе="3"/></Остатки>', [['a', '3']]],
    [
      'Остатки in two pieces',
      ['a', 'b']
        .map((id) => `<Остатки><Остаток><Склад><Ид>${id}</Ид><Количество>1</Количество></Склад></Остаток></Остатки>`)
        .join(''),
      [
        ['a', '1'],
        ['b', '1'],
      ],
    ],
  ])('%s', async (_form, xml, expected) => expect(await quantities(xml)).toEqual(expected))
})

describe('a good', () => {
  test("is read with groups, typed values, requisites and VAT, without 1C's empty values", async () => {
    const [record] = await goods(`<Товар><Ид> g </Ид><Артикул>-</Артикул><Наименование>Мяч &amp; насос</Наименование>
      <БазоваяЕдиница>796 </БазоваяЕдиница><Группы><Ид>a</Ид><Ид>b</Ид></Группы>
      <Описание><![CDATA[<b>да</b>]]></Описание>
      <ЗначенияСвойств>
        <ЗначенияСвойства><Ид>w</Ид><Значение>1\u00a0234,5</Значение></ЗначенияСвойства>
        <ЗначенияСвойства><Ид>z</Ид><Значение>00000000-0000-0000-0000-000000000000</Значение></ЗначенияСвойства>
        <ЗначенияСвойства><Ид>m</Ид><Значение>v1</Значение><Значение>v2</Значение></ЗначенияСвойства>
      </ЗначенияСвойств>
      <СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>Без НДС</Ставка></СтавкаНалога></СтавкиНалогов>
      <ЗначенияРеквизитов>
        <ЗначениеРеквизита><Наименование>Файл</Наименование><Значение>1</Значение></ЗначениеРеквизита>
        <ЗначениеРеквизита><Наименование>Файл</Наименование><Значение>2</Значение></ЗначениеРеквизита>
        <ЗначениеРеквизита><Наименование>Дата</Наименование><Значение>0001-01-01T00:00:00</Значение></ЗначениеРеквизита>
      </ЗначенияРеквизитов></Товар>`)
    expect(record).toMatchObject({
      kind: 'good',
      id: 'g',
      article: null,
      name: 'Мяч & насос',
      unit: '796',
      description: '<b>да</b>',
      groupIds: ['a', 'b'],
      vatRate: null,
      properties: [
        { propertyId: 'w', value: '1\u00a0234,5', number: '1234.5' },
        { propertyId: 'm', value: 'v1', number: null },
        { propertyId: 'm', value: 'v2', number: null },
      ],
      requisites: { Файл: ['1', '2'] },
    })
  })

  test('has nothing where a tag is empty, closes itself, or is missing', async () => {
    const [empty, closed, missing] = await goods(
      ['<Артикул></Артикул><Описание> \n\u00a0</Описание><Страна></Страна>', '<Артикул/><Описание/><Страна/>', '']
        .map((fields) => `<Товар><Ид>g</Ид><Наименование>М</Наименование>${fields}</Товар>`)
        .join(''),
    ).then((records) => records.filter(({ kind }) => kind === 'good').map((record) => ({ ...record, line: 0 })))
    expect(closed).toEqual(empty)
    expect(missing).toEqual(empty)
    expect(missing).toMatchObject({ article: null, description: null, country: null })
  })

  test.each([
    [
      '<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>20</Ставка></СтавкаНалога></СтавкиНалогов>',
      '20',
    ],
    [
      '<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>10%</Ставка></СтавкаНалога></СтавкиНалогов>',
      '10',
    ],
    [
      '<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>Без налога</Ставка></СтавкаНалога></СтавкиНалогов>',
      null,
    ],
    [
      '<СтавкиНалогов><СтавкаНалога><Наименование>Акциз</Наименование><Ставка>5</Ставка></СтавкаНалога></СтавкиНалогов>',
      null,
    ],
    ['<СтавкаНДС>22</СтавкаНДС>', '22'],
    ['<СтавкаНДС>Без НДС</СтавкаНДС>', null],
    ['<СтавкаНДС>НДС 20 %</СтавкаНДС>', '20'],
    ['<СтавкаНДС>Не облагается</СтавкаНДС>', null],
    [
      '<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка/></СтавкаНалога></СтавкиНалогов><СтавкаНДС>10</СтавкаНДС>',
      '10',
    ],
    ['', null],
  ])('with %s has the VAT rate %s', async (xml, rate) => {
    const [record] = await goods(`<Товар><Ид>g</Ид><Наименование>М</Наименование>${xml}</Товар>`)
    expect(record).toMatchObject({ vatRate: rate })
  })

  test('may name its groups by Категория, nest several values in ЗначениеСвойства, and describe its unit in attributes', async () => {
    const [record] = await goods(`<Товар><Ид>g</Ид><Наименование>М</Наименование>
      <Категория>a</Категория><Категория>b</Категория><БазоваяЕдиница Код="796" НаименованиеПолное="Штука"/>
      <Изготовитель><Ид>m</Ид><Наименование>Завод</Наименование></Изготовитель><Страна>Россия</Страна><Штрихкод>460</Штрихкод>
      <ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><ЗначениеСвойства><Значение>v1</Значение></ЗначениеСвойства>
        <ЗначениеСвойства><Значение>v2</Значение></ЗначениеСвойства></ЗначенияСвойства></ЗначенияСвойств></Товар>`)
    expect(record).toMatchObject({
      groupIds: ['a', 'b'],
      unit: '796',
      manufacturer: { id: 'm', name: 'Завод' },
      country: 'Россия',
      barcode: '460',
      properties: [
        { propertyId: 'p', value: 'v1' },
        { propertyId: 'p', value: 'v2' },
      ],
    })
  })

  test('has the groups of Категория where Группы is empty', async () => {
    const [record] = await goods(
      '<Товар><Ид>g</Ид><Наименование>М</Наименование><Группы/><Категория><Ид>a</Ид></Категория></Товар>',
    )
    expect(record).toMatchObject({ groupIds: ['a'] })
  })

  test('may name its manufacturer in plain text, and its unit in elements', async () => {
    const [record] = await goods(
      `<Товар><Ид>g</Ид><Наименование>М</Наименование><Изготовитель> Завод </Изготовитель><БазоваяЕдиница><Код>796</Код></БазоваяЕдиница></Товар>`,
    )
    expect(record).toMatchObject({ manufacturer: { id: null, name: 'Завод' }, unit: '796' })
  })

  test('may have each list in pieces, and an empty tag before the one that says something', async () => {
    const list = (name: string, item: string, ...xml: string[]) =>
      xml.map((one) => `<${name}><${item}>${one}</${item}></${name}>`).join('')
    const value = (id: string) => `<Ид>${id}</Ид><Значение/><ИдЗначения>v</ИдЗначения>`
    const requisite = (name: string) => `<Наименование>${name}</Наименование><Значение>1</Значение>`
    const [record] = await goods(`<Товар><Ид/><Ид>g</Ид><Наименование></Наименование><Наименование>Мяч</Наименование>
      ${list('Группы', 'Ид', 'a', 'b')}${list('ЗначенияСвойств', 'ЗначенияСвойства', value('p'), value('q'))}
      ${list('ЗначенияРеквизитов', 'ЗначениеРеквизита', requisite('Вид'), requisite('Тип'))}
      ${list('СтавкиНалогов', 'СтавкаНалога', requisite('Акциз'), '<Наименование>НДС</Наименование><Ставка>20</Ставка>')}</Товар>`)
    expect(record).toMatchObject({
      id: 'g',
      name: 'Мяч',
      groupIds: ['a', 'b'],
      properties: ['p', 'q'].map((propertyId) => ({ propertyId, value: 'v' })),
      requisites: { Вид: '1', Тип: '1' },
      vatRate: '20',
    })
  })

  test('may carry its prices itself', async () => {
    const records = await goods(
      '<Товар><Ид>g</Ид><Наименование>М</Наименование><Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены></Товар>',
    )
    expect(records.map(({ kind }) => kind)).toEqual(['good', 'price', 'gallery'])
  })

  test('without an id or a name is a problem that says where', async () => {
    const records = await goods('<Товар><Наименование>М</Наименование></Товар>\n<Товар><Ид>g</Ид></Товар>')
    expect(records).toMatchObject([
      { kind: 'problem', of: 'good', code: 'missing_id', severity: 'error' },
      { kind: 'problem', of: 'good', code: 'missing_name', externalId: 'g' },
    ])
  })
})

test('groups keep their place in the tree and in the file, however deep', async () => {
  const records = await read(
    xmlDocument(
      '<Классификатор><Группы><Группа><Ид>a</Ид><Наименование>A</Наименование><Группы><Группа><Ид>b</Ид><Наименование>B</Наименование></Группа></Группы></Группа><Группа><Ид>c</Ид><Наименование>C</Наименование></Группа></Группы></Классификатор>',
    ),
  )
  expect(records.map((record) => record.kind === 'group' && [record.id, record.seq, record.parentSeq])).toEqual([
    ['b', 1, 0],
    ['a', 0, null],
    ['c', 2, null],
  ])
})

test('a property has the type that ТипЗначений declares', async () => {
  const types = ['Справочник', 'Строка', 'Число', 'Время', 'Булево', 'число', 'Иное']
  const list = types.map(
    (type, i) =>
      `<Свойство><Ид>${i}</Ид><Наименование>С${i}</Наименование><ТипЗначений>${type}</ТипЗначений></Свойство>`,
  )
  const records = await read(xmlDocument(`<Классификатор><Свойства>${list.join('')}</Свойства></Классификатор>`))
  expect(records.map((record) => record.kind === 'property' && record.type)).toEqual([
    'reference',
    'text',
    'number',
    'date',
    'boolean',
    'number',
    'text',
  ])
})

test('a composite id is the good’s and the variant’s, split at its first #', async () => {
  const named = (id: string) => `<Предложение><Ид>${id}</Ид><Наименование>П</Наименование></Предложение>`
  const records = await offers(['p', 'p#v', 'p#v#w', 'с пробелом #ц'].map(named).join(''))
  expect(records.flatMap((record) => (record.kind === 'offer' ? [[record.id, record.productId]] : []))).toEqual([
    ['p', 'p'],
    ['p#v', 'p'],
    ['p#v#w', 'p'],
    ['с пробелом #ц', 'с пробелом'],
  ])
})

test('an id that names a variant of no good is none', async () => {
  const named = '<Ид>#v</Ид><Наименование>П</Наименование>'
  const error = { kind: 'problem', code: 'missing_id', severity: 'error' }
  expect(await offers(`<Предложение>${named}</Предложение>`)).toMatchObject([{ ...error, of: 'offer' }])
  expect(await goods(`<Товар>${named}</Товар>`)).toMatchObject([{ ...error, of: 'good' }])
})

test('numbers are read whatever separator the root declares', async () => {
  for (const [format, written] of [
    ['ЧРД=,', '1234,5'],
    ['ЧЦ=18; ЧДЦ=2; ЧРД=.', '1234.5'],
    ['ЧЦ=18; ЧДЦ=2; ЧРД=.', '1\u00a0234,5'],
  ]) {
    const records = await read(
      `<КоммерческаяИнформация ФорматСуммы="${format}" ФорматКоличества="${format}"><ПакетПредложений><Предложения><Предложение><Ид>p</Ид><Количество>${written}</Количество></Предложение></Предложения></ПакетПредложений></КоммерческаяИнформация>`,
    )
    expect(records).toMatchObject([{ kind: 'stock', quantity: '1234.5' }])
  }
})

test('a file is handed on piece by piece, the same in every encoding', async () => {
  const directory = temporaryDirectory()
  const names = Array.from({ length: 6_000 }, (_, i) => `Мяч ${i} «Ёж» 😀`)
  const xml = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><КоммерческаяИнформация><Каталог><Товары>${names.map((name, i) => `<Товар><Ид>${i}</Ид><Наименование>${name}</Наименование></Товар>`).join('\n')}</Товары></Каталог></КоммерческаяИнформация>`
  const files = {
    'utf8.xml': Buffer.from(xml('UTF-8')),
    'utf16.xml': Buffer.concat([Buffer.from([0xff, 0xfe]), encode(xml('UTF-16'), 'utf16')]),
    'cp1251.xml': encode(xml('windows-1251').replaceAll('😀', '&#128512;'), 'cp1251'),
  }
  for (const [name, bytes] of Object.entries(files)) {
    await writeRaw(directory, name, bytes)
    const found: string[] = []
    let total = 0
    let pieces = 0
    for await (const batch of readFile(directory, name)) {
      // Memory does not grow with the file: no more is read than was asked for.
      expect(batch.bytes).toBeLessThanOrEqual(256 * 1024)
      total += batch.bytes
      if (batch.records.length > 0) pieces++
      for (const record of batch.records) if (record.kind === 'good') found.push(record.name)
    }
    expect(total).toBe(bytes.length)
    expect(pieces).toBeGreaterThan(1)
    expect(found).toEqual(names)
  }
})

test('an offer with prices alone is no offer', async () => {
  const records = await offers(
    '<Предложение><Ид>p#1</Ид><Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены></Предложение>',
  )
  expect(records.map(({ kind }) => kind)).toEqual(['price'])
})

test('an offer with prices or stock and a word that it is not deleted is none either', async () => {
  const kinds = async (xml: string) => (await offers(xml)).map(({ kind }) => kind)
  const rest = '<Остатки><Остаток><Количество>1</Количество></Остаток></Остатки>'
  expect(await kinds(`<Предложение><Ид>p</Ид><ПометкаУдаления>false</ПометкаУдаления>${rest}</Предложение>`)).toEqual([
    'stock',
  ])
  expect(await kinds(`<Предложение Статус="Изменен"><Ид>p#1</Ид>${rest}</Предложение>`)).toEqual(['stock'])
  expect(await kinds(`<Предложение Статус="Удален"><Ид>p#1</Ид>${rest}</Предложение>`)).toEqual(['deletion', 'stock'])
  expect(await kinds('<Предложение><Ид>p</Ид><ПометкаУдаления>false</ПометкаУдаления></Предложение>')).toEqual([
    'offer',
  ])
})

test('elements are told by their local names, in any namespace and with any prefix', async () => {
  const records = await read(
    '<c:КоммерческаяИнформация xmlns:c="urn:1C.ru:commerceml_210"><c:Классификатор><c:Склады><c:Склад><c:Ид>w</c:Ид><c:Наименование>С</c:Наименование></c:Склад></c:Склады></c:Классификатор></c:КоммерческаяИнформация>',
  )
  expect(records).toMatchObject([{ kind: 'warehouse', id: 'w', name: 'С' }])
})

test("the goods and partners of an order document are not the catalogue's", async () => {
  const order = '<Документ><Товары><Товар><Ид>g</Ид><Наименование>М</Наименование></Товар></Товары></Документ>'
  for (const xml of [order, `<Контейнер>${order}</Контейнер>`, `<Документы>${order}</Документы>`])
    expect(await read(xmlDocument(xml))).toEqual([])
})

describe('encodings (COMMERCEML.md §1)', () => {
  const text = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><КоммерческаяИнформация><Склады><Склад><Ид>w</Ид><Наименование>Ёж</Наименование></Склад></Склады></КоммерческаяИнформация>`
  /** In an encoding of one byte a character, as TextDecoder names it. */
  const oneByte = (value: string, encoding: string) => {
    const letters = [...new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, i) => i))]
    return Buffer.from([...value].map((letter) => letters.indexOf(letter)))
  }
  const cp1251 = (value: string) => oneByte(value, 'windows-1251')
  const utf16 = (value: string) => Buffer.from(`\ufeff${value}`, 'utf16le')

  test.each([
    ['UTF-8', Buffer.from(text('UTF-8')), 0],
    ['UTF-8 with a BOM', Buffer.from(`\ufeff${text('UTF-8')}`), 0],
    ['windows-1251', cp1251(text('windows-1251')), 0],
    ['UTF-16LE', utf16(text('UTF-16')), 0],
    ['UTF-16BE', utf16(text('UTF-16')).swap16(), 0],
    ['UTF-8 that says windows-1251', Buffer.from(text('windows-1251')), 1],
    ['windows-1251 that says UTF-8', cp1251(text('UTF-8')), 1],
    ['KOI8-R', oneByte(text('KOI8-R'), 'koi8-r'), 0],
    ['cp866', oneByte(text('cp866'), 'ibm866'), 0],
    ['UTF-8 that says UTF-16', Buffer.from(text('UTF-16')), 1],
    ['windows-1251 that says UTF-16', cp1251(text('UTF-16')), 1],
    ['UTF-8 that says KOI8-R', Buffer.from(text('KOI8-R')), 1],
    ['UTF-8 with a BOM that says windows-1251', Buffer.from(`\ufeff${text('windows-1251')}`), 0],
  ])('%s', async (_encoding, bytes, warnings) => {
    const records = await read(bytes)
    expect(records.filter(({ kind }) => kind === 'warehouse')).toMatchObject([{ id: 'w', name: 'Ёж' }])
    expect(records.filter(({ kind }) => kind === 'problem')).toHaveLength(warnings)
  })

  test.each([
    [
      'an encoding that nobody knows',
      Buffer.from(text('x-mac-cyrillic')),
      'строка 1: неизвестная кодировка «x-mac-cyrillic»',
    ],
    [
      'half of a pair in UTF-16',
      Buffer.concat([utf16(text('UTF-16')), Buffer.from([0, 0xd8])]),
      'не бывает в кодировке utf-16le',
    ],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(`\ufeff${text('UTF-8')}`), Buffer.from([0xff, 0x20])]),
      'не бывает в UTF-8',
    ],
  ])('with %s are refused with the file and the place', async (_what, bytes, why) => {
    const refused = await read(bytes).catch((error: ExportError) => inRussian(error.sentence))
    expect(refused).toContain('Файл file.xml')
    expect(refused).toContain(why)
    expect(refused).toMatch(/строк[аи] \d+|байта \d+/)
  })
})
