import { beforeEach, describe, expect, test } from 'vitest'
import { good, group, offer, priceType, property, warehouse, writeExport, xmlDocument } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { countsOf, emptyDatabase, importNow, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

describe('a deletion mark', () => {
  const TABLES = ['categories', 'price_types', 'warehouses', 'products', 'product_variants'] as const
  const marked = (deleted: boolean, ids: readonly string[]) => ({
    groups: ids.map((id) => group({ id, deleted })),
    properties: ids.map((id) => property({ id, name: `Свойство ${id}`, deleted })),
    priceTypes: ids.map((id) => priceType({ id, deleted })),
    warehouses: ids.map((id) => warehouse({ id, deleted })),
    goods: ids.map((id) => good({ id, deleted, groupIds: ['a'] })),
    offers: ids.map((id) => offer({ id, deleted })),
  })
  const active = async () => {
    const rows = TABLES.map((table) => `select '${table}' as what, onec_id from ${table} where is_active`)
    const attributes = `select 'attributes', i.onec_id from attributes as a join attribute_ids as i on i.attribute_id = a.id where a.is_active`
    const found = await query<{ what: string; onec_id: string }>(
      `${[...rows, attributes].join(' union all ')} order by 1, 2`,
    )
    return found.map(({ what, onec_id }) => `${what} ${onec_id}`)
  }
  const all = (...ids: string[]) =>
    ['attributes', ...TABLES].toSorted().flatMap((what) => ids.map((id) => `${what} ${id}`))

  test('switches off whatever has it, deletes nothing, and what 1C unmarks is back unless an operator had switched it off', async () => {
    const source = temporaryDirectory()
    await writeExport(source, marked(false, ['a', 'b']))
    await importNow(['catalog'], source)
    await query(`update attributes set is_active = true`)
    expect(await active()).toEqual(all('a', 'b'))
    for (const table of TABLES) await query(`update ${table} set is_active = false where onec_id = 'b'`)
    await query(`update attributes set is_active = false where name = 'Свойство b'`)

    await writeExport(source, marked(true, ['a', 'b']))
    const session = await importNow(['catalog'], source)
    expect(await active()).toEqual([])
    for (const kind of ['groups', 'properties', 'price_types', 'warehouses', 'goods', 'offers'] as const)
      expect([kind, countsOf(session, kind).deactivated]).toEqual([kind, 1])
    expect(await query(`select from products`)).toHaveLength(2)

    await writeExport(source, marked(false, ['a', 'b']))
    await importNow(['catalog'], source)
    expect(await active()).toEqual(all('a'))
  })

  test('of one property leaves an attribute that has another', async () => {
    const source = temporaryDirectory()
    const model = (deleted: boolean) => ({
      properties: ['p1', 'p2'].map((id) => property({ id, name: 'Вес', deleted: deleted && id === 'p1' })),
    })
    await writeExport(source, model(false))
    await importNow(['attributes'], source)
    await query(`update attributes set is_active = true`)
    await writeExport(source, model(true))
    await importNow(['attributes'], source)
    expect(await query(`select is_active from attributes`)).toEqual([{ is_active: true }])
    const alone = (id: string) => `<Свойство><Ид>${id}</Ид><ПометкаУдаления>true</ПометкаУдаления></Свойство>`
    await writeRaw(
      source,
      'propertiesGoods/propertiesGoods.xml',
      xmlDocument(`<Классификатор><Свойства>${alone('p2')}</Свойства></Классификатор>`),
    )
    const session = await importNow(['attributes'], source)
    expect(countsOf(session, 'properties')).toEqual({ processed: 1, updated: 1, deactivated: 1 })
    expect(await query(`select is_active from attributes`)).toEqual([{ is_active: false }])
  })
})
describe('a deletion mark alone', () => {
  const offers = (...xml: string[]) =>
    xmlDocument(`<ПакетПредложений><Предложения>${xml.join('')}</Предложения></ПакетПредложений>`)
  const variants = () => query(`select onec_id, is_active from product_variants order by 1`)
  const marked = '<Предложение ПометкаУдаления="true"><Ид>a#1</Ид></Предложение>'
  const described = '<Предложение><Ид>a#1</Ид><Наименование>Мяч</Наименование></Предложение>'

  test('switches the thing off, leaves the rest of it, and is no error', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'kimono' }), good({ id: 'ball', article: 'BALL-1' })],
      offers: [offer({ id: 'kimono#s' }), offer({ id: 'kimono#m' })],
    })
    await importNow(['catalog'], source)
    const before = await query(`select name, article from product_variants order by onec_id`)
    await writeRaw(
      source,
      'goods/goods.xml',
      xmlDocument(
        '<Каталог><Товары><Товар Статус="Удален"><Ид>ball</Ид></Товар><Товар><Ид>nobody</Ид><ПометкаУдаления>true</ПометкаУдаления></Товар></Товары></Каталог>',
      ),
    )
    await writeRaw(
      source,
      'offers/offers.xml',
      xmlDocument(
        '<ПакетПредложений><Предложения><Предложение><Ид>kimono#s</Ид><Статус>Удален</Статус></Предложение></Предложения></ПакетПредложений>',
      ),
    )
    const session = await importNow(['catalog'], source)

    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'goods')).toEqual({ processed: 2, updated: 1, unchanged: 1, deactivated: 1 })
    expect(countsOf(session, 'offers')).toEqual({ processed: 1, updated: 1, deactivated: 1 })
    expect(await query(`select onec_id from products where not is_active`)).toEqual([{ onec_id: 'ball' }])
    expect(await query(`select onec_id from product_variants where not is_active`)).toEqual([{ onec_id: 'kimono#s' }])
    expect(await query(`select name, article from product_variants order by onec_id`)).toEqual(before)
  })

  test('of the last variant of a good brings the default one back', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'a' })], offers: [offer({ id: 'a#1' })] })
    await importNow(['catalog'], source)
    await writeRaw(source, 'offers/offers.xml', offers(marked))
    expect(countsOf(await importNow(['variants'], source), 'offers')).toMatchObject({ updated: 1, deactivated: 1 })
    const expected = [
      { onec_id: 'a', is_active: true },
      { onec_id: 'a#1', is_active: false },
    ]
    expect(await variants()).toEqual(expected)
    expect(countsOf(await importNow(['catalog'], source), 'offers')).toEqual({ processed: 1, unchanged: 1 })
    expect(await variants()).toEqual(expected)
  })

  test('is overruled by what a later part says, and overrules what an earlier one said', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'a' })] })
    for (const [first, second, active] of [
      [marked, described, true],
      [described, marked, false],
    ] as const) {
      await writeRaw(source, 'offers_1.xml', offers(first))
      await writeRaw(source, 'offers_2.xml', offers(second))
      await importNow(['catalog'], source)
      expect(await variants()).toContainEqual({ onec_id: 'a#1', is_active: active })
    }
  })
})
