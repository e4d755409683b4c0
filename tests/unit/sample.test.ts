import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { ENCODINGS } from '@/scripts/sample/encoding'
import { generateExport } from '@/scripts/sample/generate'
import type { Group } from '@/scripts/sample/model'
import { LAYOUT_NAMES, writeSample } from '@/scripts/sample/write'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { isValidInn } from '@/worker/commerceml/customer'

const digest = (directory: string) => {
  const hash = createHash('sha256')
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()
  for (const name of names.filter((each) => each.endsWith('.xml'))) {
    hash.update(name).update(readFileSync(path.join(directory, name)))
  }
  return hash.digest('hex')
}

test('the same seed writes the same bytes, another seed writes others', async () => {
  const [one, again, other] = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()]
  await writeSample(one, generateExport({ seed: 7, goods: 50 }))
  await writeSample(again, generateExport({ seed: 7, goods: 50 }))
  await writeSample(other, generateExport({ seed: 8, goods: 50 }))
  expect(digest(again)).toBe(digest(one))
  expect(digest(other)).not.toBe(digest(one))
})

test('a smaller sample replaces a larger one without leaving files of it behind', async () => {
  const [used, fresh] = [temporaryDirectory(), temporaryDirectory()]
  await writeSample(used, generateExport({ seed: 1, goods: 60 }))
  await writeSample(used, { catalogueId: 'c', writtenAt: '2026-01-01T00:00:00', delta: true, goods: [] })
  await writeSample(fresh, { catalogueId: 'c', writtenAt: '2026-01-01T00:00:00', delta: true, goods: [] })
  expect(digest(used)).toBe(digest(fresh))
})

test('every file is well-formed and all but the goods begin with a BOM', async () => {
  const directory = temporaryDirectory()
  const files = await writeSample(directory, generateExport({ seed: 3, goods: 80 }))
  expect(new Set(files.map(({ name }) => name.split('/')[0]))).toEqual(
    new Set([
      'groups',
      'propertiesGoods',
      'propertiesOffers',
      'priceLists',
      'storages',
      'units',
      'goods',
      'offers',
      'prices',
      'rests',
    ]),
  )
  for (const { name, bytes } of files) {
    const content = readFileSync(path.join(directory, name), 'utf8')
    expect(Buffer.byteLength(content)).toBe(bytes)
    expect(content.startsWith('\uFEFF')).toBe(name !== 'goods/goods.xml')
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`)
    })
    parser.write(content).close()
  }
})

test('everything that is referred to exists, and no id is given twice', () => {
  const model = generateExport({ seed: 2, goods: 400 })
  const flat = (groups: readonly Group[]): Group[] => groups.flatMap((group) => [group, ...flat(group.children ?? [])])
  const groupIds = flat(model.groups ?? []).map(({ id }) => id)
  const goods = [...(model.goods ?? [])]
  const offers = [...(model.offers ?? [])]
  const goodIds = new Set(goods.map(({ id }) => id))
  const offerIds = new Set(offers.map(({ id }) => id))
  const properties = [...(model.properties ?? []), ...(model.offerProperties ?? [])]
  const values = new Map(properties.map(({ id, values: list }) => [id, list && new Set(list.map((value) => value.id))]))

  expect(goodIds.size).toBe(400)
  expect(offerIds.size).toBe(offers.length)
  expect(new Set(groupIds).size).toBe(groupIds.length)
  for (const { groupIds: named = [] } of goods) expect(groupIds).toEqual(expect.arrayContaining([...named]))
  for (const { id } of offers) expect(goodIds).toContain(id.split('#')[0])
  for (const { properties: assigned = [] } of [...goods, ...offers]) {
    for (const { propertyId, value } of assigned) {
      const list = values.get(propertyId)
      expect(values.has(propertyId)).toBe(true)
      if (list && value !== '' && !String(value).startsWith('0000')) expect(list).toContain(value)
    }
  }
  const withOffers = new Set(offers.map(({ id }) => id.split('#')[0]))
  const sold = new Set([...offerIds, ...[...goodIds].filter((id) => !withOffers.has(id))])
  expect(new Set([...(model.prices ?? [])].map(({ offerId }) => offerId))).toEqual(sold)
  expect(new Set([...(model.stock ?? [])].map(({ offerId }) => offerId))).toEqual(sold)
  expect([...(model.prices ?? [])].length).toBe(sold.size * 6)
  expect([...(model.stock ?? [])].length).toBe(sold.size * 2)
})

test('the categories are a tree of five levels under «СПОРТ»', () => {
  const { groups = [] } = generateExport({ seed: 1, goods: 1 })
  const depth = (group: Group): number => 1 + Math.max(0, ...(group.children ?? []).map(depth))
  expect(groups.map(({ name }) => name)).toEqual(['СПОРТ'])
  expect(groups.map(depth)).toEqual([5])
})

test.each(LAYOUT_NAMES)('%s says the same in every encoding, and declares the one it is in', async (layout) => {
  const model = { ...generateExport({ seed: 5, goods: 30, customers: 5 }), writtenAt: '2026-01-01T00:00:00' }
  const texts = []
  for (const encoding of ENCODINGS) {
    const directory = temporaryDirectory()
    const files = await writeSample(directory, model, { layout, encoding })
    texts.push(
      files.map(({ name }) => {
        const bytes = readFileSync(path.join(directory, name))
        const text = new TextDecoder({ utf16: 'utf-16le', cp1251: 'windows-1251' }[encoding as string]).decode(bytes)
        const declared = { utf8: 'UTF-8', utf8bom: 'UTF-8', utf16: 'UTF-16', cp1251: 'windows-1251' }[encoding]
        expect(text.startsWith(`<?xml version="1.0" encoding="${declared}"?>\n<`)).toBe(true)
        // What windows-1251 lacks is written as character references.
        return [name, text.replace(/^.*\n/, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))]
      }),
    )
  }
  for (const text of texts) expect(text).toEqual(texts[0])
})

test('the classic layout in parts has its classifier in the first only', async () => {
  const directory = temporaryDirectory()
  const files = await writeSample(directory, generateExport({ seed: 5, goods: 25 }), {
    layout: 'classic',
    goodsPerFile: 10,
  })
  expect(files.map(({ name }) => name)).toEqual(['import0_1.xml', 'import0_2.xml', 'import0_3.xml', 'offers0_1.xml'])
  const texts = files.slice(0, 3).map(({ name }) => readFileSync(path.join(directory, name), 'utf8'))
  expect(texts.map((text) => text.includes('<Классификатор '))).toEqual([true, false, false])
  expect(texts.map((text) => text.match(/<Товар>/g)?.length)).toEqual([10, 10, 5])
})

test('a delta tells only goods that changed, with other names and prices, and the same ids', () => {
  const whole = generateExport({ seed: 4, goods: 300 })
  const delta = generateExport({ seed: 4, goods: 300, changed: 0.1 })
  const before = new Map([...(whole.goods ?? [])].map((good) => [good.id, good]))
  const changed = [...(delta.goods ?? [])]
  expect(changed.length).toBeGreaterThan(15)
  expect(changed.length).toBeLessThan(45)
  for (const { id, name } of changed) expect(name).not.toBe(before.get(id)?.name ?? name)
  const ids = new Set(changed.map(({ id }) => id))
  for (const { offerId } of [...(delta.prices ?? []), ...(delta.stock ?? [])])
    expect(ids).toContain(offerId.split('#')[0])
  expect(delta.groups).toBeUndefined()
})

test('about the chosen share of rows is broken', () => {
  const prices = [...(generateExport({ seed: 4, goods: 300, errors: 0.1 }).prices ?? [])]
  const broken = prices.filter(({ value, priceTypeId }) => value === 'договорная' || priceTypeId === '')
  expect(broken.length / prices.length).toBeGreaterThan(0.07)
  expect(broken.length / prices.length).toBeLessThan(0.13)
})

test('made-up customers have valid tax ids, mail at example.com and numbers of no code there is', () => {
  const customers = [...(generateExport({ seed: 1, goods: 1, customers: 200 }).customers ?? [])]
  expect(customers).toHaveLength(200)
  for (const { inn, email, phone } of customers) {
    if (inn) expect(isValidInn(inn)).toBe(true)
    if (email) expect(email).toMatch(/^client\d+@example\.com$/i)
    expect(phone?.replace(/\D/g, '')).toMatch(/^[78]000\d{7}$/)
  }
})
