import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { generateExport } from '@/scripts/sample/generate'
import type { Group } from '@/scripts/sample/model'
import { writeSplit31 } from '@/scripts/sample/split31'
import { temporaryDirectory } from '@/tests/setup/temporary'

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
  await writeSplit31(one, generateExport({ seed: 7, goods: 50 }))
  await writeSplit31(again, generateExport({ seed: 7, goods: 50 }))
  await writeSplit31(other, generateExport({ seed: 8, goods: 50 }))
  expect(digest(again)).toBe(digest(one))
  expect(digest(other)).not.toBe(digest(one))
})

test('a smaller sample replaces a larger one without leaving files of it behind', async () => {
  const [used, fresh] = [temporaryDirectory(), temporaryDirectory()]
  await writeSplit31(used, generateExport({ seed: 1, goods: 60 }))
  await writeSplit31(used, { catalogueId: 'c', writtenAt: '2026-01-01T00:00:00', delta: true, goods: [] })
  await writeSplit31(fresh, { catalogueId: 'c', writtenAt: '2026-01-01T00:00:00', delta: true, goods: [] })
  expect(digest(used)).toBe(digest(fresh))
})

test('every file is well-formed and all but the goods begin with a BOM', async () => {
  const directory = temporaryDirectory()
  const files = await writeSplit31(directory, generateExport({ seed: 3, goods: 80 }))
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
