import { beforeEach, describe, expect, test } from 'vitest'
import type { Export } from '@/scripts/sample/model'
import {
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
import { cutFile, writeRaw } from '@/tests/fixtures/files'
import {
  catalogue,
  countsOf,
  emptyDatabase,
  importNow,
  query,
  runDueJobs,
  sessionOf,
  start,
} from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const ids = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

/** Ten groups, goods, variants and rows of stock; `without` leaves some of each out. */
const shop = (without: string[] = []) => {
  const left = (prefix: string) => ids(10, prefix).filter((id) => !without.includes(id))
  return {
    groups: left('c').map((id) => group({ id })),
    priceTypes: [priceType({ id: 'retail' })],
    warehouses: [warehouse({ id: 'w' })],
    goods: left('g').map((id) => good({ id, groupIds: ['c0'] })),
    offers: left('v').map((id) => offer({ id: `g0#${id}` })),
    prices: left('p').map((id) => price({ offerId: `g0#${id.replace('p', 'v')}`, priceTypeId: 'retail' })),
    stock: left('s').map((id) => stock({ offerId: `g0#${id.replace('s', 'v')}`, warehouseId: 'w', quantity: '5' })),
  } satisfies Partial<Export>
}

const inactive = (table: string) => query(`select onec_id from ${table} where not is_active order by 1`)
/** Default variants are retired for another reason. */
const variantsOff = () =>
  query(`select onec_id from product_variants where not is_active and not is_default order by 1`)
const off = (...onecIds: string[]) => onecIds.map((onec_id) => ({ onec_id }))

async function imported(model: Parameters<typeof writeExport>[1], options = {}) {
  const source = temporaryDirectory()
  await writeExport(source, model)
  return importNow(['catalog'], source, options)
}

describe('a full export', () => {
  test.each(['split31', 'split209', 'classic'] as const)(
    'in %s switches off what it no longer mentions and deletes nothing',
    async (layout) => {
      await imported({ ...shop(), layout })
      const session = await imported({
        ...shop(['c8', 'c9', 'g9', 'v8', 'v9', 'p8', 'p9', 's8', 's9']),
        layout,
        delta: false,
      })

      expect(session.status).toBe('COMPLETED')
      expect(countsOf(session, 'groups')).toMatchObject({ deactivated: 2, unchanged: 8 })
      expect(countsOf(session, 'goods')).toMatchObject({ deactivated: 1, unchanged: 9 })
      expect(countsOf(session, 'offers')).toMatchObject({ deactivated: 2, unchanged: 8 })
      expect(await inactive('categories')).toEqual(off('c8', 'c9'))
      expect(await inactive('products')).toEqual(off('g9'))
      expect(await variantsOff()).toEqual(off('g0#v8', 'g0#v9'))
    },
  )

  test('that says nothing of being complete, or says «true», switches nothing off', async () => {
    const source = temporaryDirectory()
    await imported(shop())
    const only = '<Товары><Товар><Ид>g0</Ид><Наименование>Товар g0</Наименование></Товар></Товары>'
    for (const flag of [
      '',
      ' СодержитТолькоИзменения=""',
      ' СодержитТолькоИзменения="Истина"',
      ' СодержитТолькоИзменения="1"',
    ]) {
      await writeRaw(source, 'goods.xml', xmlDocument(`<Каталог${flag}>${only}</Каталог>`))
      expect((await importNow(['catalog'], source)).status).toBe('COMPLETED')
      expect(await inactive('products')).toEqual([])
    }
  })

  test('may say so in a child element', async () => {
    const source = temporaryDirectory()
    await imported(shop())
    const goods = ids(9, 'g').map((id) => `<Товар><Ид>${id}</Ид><Наименование>Товар ${id}</Наименование></Товар>`)
    await writeRaw(
      source,
      'goods.xml',
      xmlDocument(
        `<Каталог><Ид>11111111-2222-3333-4444-555555555555</Ид><СодержитТолькоИзменения>false</СодержитТолькоИзменения><Товары>${goods.join('')}</Товары></Каталог>`,
      ),
    )
    await importNow(['catalog'], source)
    expect(await inactive('products')).toEqual(off('g9'))
  })

  test('is none where only changes are told: in every part that may say so, and in a package of changes whatever it says', async () => {
    await imported({ ...shop(), layout: 'classic' })
    const source = temporaryDirectory()
    const id = '<Ид>11111111-2222-3333-4444-555555555555</Ид>'
    const about = `${id}<ИдКаталога>11111111-2222-3333-4444-555555555555</ИдКаталога>`
    const left = (kind: string, name: string) =>
      `<${kind}><Ид>${name}</Ид><Наименование>${name}</Наименование></${kind}>`
    const parts = (flag: string, changes: string) => `
      <Классификатор${flag}>${id}<Группы>${left('Группа', 'c0')}</Группы></Классификатор>
      <Каталог${flag}>${id}<Товары>${left('Товар', 'g0')}</Товары></Каталог>
      <ИзмененияПакетаПредложений${changes}>${about}<Предложения><Предложение><Ид>g0#v0</Ид><Наименование>x</Наименование>
        <Остатки><Остаток><Склад><Ид>w</Ид><Количество>5</Количество></Склад></Остаток></Остатки></Предложение></Предложения></ИзмененияПакетаПредложений>`
    const says = (value: string) => ` СодержитТолькоИзменения="${value}"`
    for (const flag of ['true', '1', 'да'].map(says)) {
      await writeRaw(source, 'all.xml', xmlDocument(parts(flag, says('false'))))
      expect((await importNow(['catalog'], source)).status).toBe('COMPLETED')
      expect(await inactive('categories')).toEqual([])
      expect(await inactive('products')).toEqual([])
      expect(await variantsOff()).toEqual([])
      expect(await query(`select from stocks where quantity = 0`)).toEqual([])
    }
  })

  test('speaks only for its own catalogue and classifier', async () => {
    await imported(shop())
    const session = await imported({
      catalogueId: 'another',
      delta: false,
      groups: [group({ id: 'x' })],
      goods: [good({ id: 'y', groupIds: ['x'] })],
      offers: [offer({ id: 'y#1' })],
      stock: [stock({ offerId: 'y#1', warehouseId: 'w' })],
    })
    expect(session.status).toBe('COMPLETED')
    for (const table of ['products', 'categories']) expect(await inactive(table)).toEqual([])
    expect(await variantsOff()).toEqual([])
    expect(await query(`select offer_onec_id from stocks where quantity = 0`)).toEqual([])
  })

  test('of one catalogue leaves the stock of another catalogue’s default variants alone', async () => {
    await imported({ goods: [good({ id: 'a' })], stock: [stock({ offerId: 'a', warehouseId: 'w', quantity: '3' })] })
    await imported({
      catalogueId: 'another',
      delta: false,
      goods: [good({ id: 'b' })],
      stock: [stock({ offerId: 'b', warehouseId: 'w' })],
    })
    expect(await query(`select offer_onec_id, quantity from stocks order by 1`)).toEqual([
      { offer_onec_id: 'a', quantity: '3.000' },
      { offer_onec_id: 'b', quantity: '1.000' },
    ])
  })

  test('that mentions a thing again switches it on again', async () => {
    await imported(shop())
    await imported({ ...shop(['c9', 'g9', 'v9']), delta: false })
    await imported({ ...shop(), delta: false })
    expect(await inactive('products')).toEqual([])
    expect(await inactive('categories')).toEqual([])
    expect(await variantsOff()).toEqual([])
  })

  test('leaves off what an operator switched off, and on the attribute an operator activated', async () => {
    const model = { ...shop(), properties: [property({ id: 'weight', name: 'Вес' })] }
    await imported(model)
    await query(`update product_variants set is_active = false where onec_id = 'g0#v3'`)
    await query(`update categories set is_active = false where onec_id = 'c3'`)
    await query(`update attributes set is_active = true where name = 'Вес'`)

    await imported({ ...shop(['c3', 'v3']), delta: false })
    await imported({ ...model, delta: false })

    expect(await inactive('categories')).toEqual(off('c3'))
    expect(await variantsOff()).toEqual(off('g0#v3'))
    expect(await query(`select name from attributes where is_active`)).toEqual([{ name: 'Вес' }])
  })

  test('counts a row that could not be imported as mentioned', async () => {
    await imported(shop())
    const full = shop()
    const session = await imported({
      ...full,
      delta: false,
      goods: full.goods.map((one) => (one.id === 'g9' ? { ...one, name: '' } : one)),
      groups: full.groups.map((one) => (one.id === 'c9' ? { ...one, name: '' } : one)),
    })
    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(await inactive('products')).toEqual([])
    expect(await inactive('categories')).toEqual([])
  })

  test('counts a variant that it names only with a price as mentioned', async () => {
    await imported({ ...shop(), layout: 'classic' })
    await imported({ ...shop(['v9', 's9']), layout: 'classic', delta: false })
    expect(await variantsOff()).toEqual([])
  })
})

describe('stock', () => {
  test('of a full file that is not mentioned becomes zero; of a delta it stays', async () => {
    await imported(shop())
    const zeroed = () => query(`select offer_onec_id from stocks where quantity = 0`)
    await imported({ ...shop(['s9']) })
    expect(await zeroed()).toEqual([])

    const session = await imported({ ...shop(['s9']), delta: false })
    expect(await zeroed()).toEqual([{ offer_onec_id: 'g0#v9' }])
    expect(countsOf(session, 'stock')).toEqual({ processed: 9, unchanged: 9, deactivated: 1 })
  })

  test('that waits for its offer becomes zero by a full file of its own catalogue, and by no other', async () => {
    const waiting = (id: string) => stock({ offerId: `unknown#${id}`, warehouseId: 'w', quantity: '5' })
    const quantities = () => query(`select offer_onec_id as id, quantity::float from stocks order by 1`)
    const goods = [good({ id: 'g' })]
    await imported({ goods, stock: [waiting('1'), waiting('2')] })
    await imported({ catalogueId: 'another', delta: false, goods: [good({ id: 'h' })], stock: [waiting('3')] })
    expect(await quantities()).toEqual(['1', '2', '3'].map((id) => ({ id: `unknown#${id}`, quantity: 5 })))

    const session = await imported({ delta: false, goods, stock: [waiting('1')] })
    expect(countsOf(session, 'stock')).toMatchObject({ unchanged: 1, deactivated: 1 })
    expect(await quantities()).toEqual([
      { id: 'unknown#1', quantity: 5 },
      { id: 'unknown#2', quantity: 0 },
      { id: 'unknown#3', quantity: 5 },
    ])
  })

  test('whose quantity could not be read keeps what it was', async () => {
    await imported(shop())
    const full = shop()
    await imported({
      ...full,
      delta: false,
      stock: full.stock.map((row) => (row.offerId === 'g0#v9' ? { ...row, quantity: 'много' } : row)),
    })
    expect(await query(`select quantity from stocks where offer_onec_id = 'g0#v9'`)).toEqual([{ quantity: '5.000' }])
  })
})

describe('a full export that would switch off 30 % and more', () => {
  test.each([
    ['goods', ['g7', 'g8', 'g9'], 'товаров'],
    ['groups', ['c7', 'c8', 'c9'], 'категорий'],
    ['variants', ['v7', 'v8', 'v9', 'p7', 'p8', 'p9', 's7', 's8', 's9'], 'вариантов'],
  ])('of the %s fails before any write, and says how many', async (_what, without, noun) => {
    await imported(shop())
    const before = await catalogue()
    const session = await imported({
      ...shop(without),
      delta: false,
      goods: [...shop(without).goods, good({ id: 'new' })],
    })

    expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
    expect(session.errorMessage).toContain(`3 из 10 активных ${noun}`)
    expect(await catalogue()).toEqual(before)
  })

  test('is let through by the operator’s consent, for one run', async () => {
    await imported(shop())
    const gone = ['g5', 'g6', 'g7', 'g8', 'g9']
    const session = await imported({ ...shop(gone), delta: false }, { allowMassDeactivation: true })

    expect(session.status).toBe('COMPLETED')
    expect(await inactive('products')).toEqual(off(...gone))
    expect((await imported({ ...shop([...gone, 'g3', 'g4']), delta: false })).status).toBe('FAILED')
  })
})

test('a full file that was cut off changes nothing', async () => {
  await imported(shop())
  const before = await catalogue()
  const source = temporaryDirectory()
  await writeExport(source, { ...shop(['g9']), delta: false })
  await cutFile(source, 'goods/goods.xml', 0.97)
  const { sessionId } = await start(['catalog'], source)
  await runDueJobs()

  expect((await sessionOf(sessionId)).errorMessage).toMatch(/goods\/goods\.xml.*строка \d+/s)
  expect(await catalogue()).toEqual(before)
})
