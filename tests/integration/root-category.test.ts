import { beforeEach, expect, test } from 'vitest'
import { good, group, offer, price, writeExport } from '@/tests/fixtures/export'
import { catalogue, countsOf, emptyDatabase, importNow, problemsOf, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

// The settings are read once in a process, and each test file has its own.
process.env.ONEC_ROOT_CATEGORY = 'Спорт'

beforeEach(emptyDatabase)

const groups = () => [
  group({ id: 'sport', name: 'СПОРТ', children: [group({ id: 'judo', name: 'Дзюдо' })] }),
  group({ id: 'office', name: 'Канцелярия', children: [group({ id: 'pens', name: 'Ручки' })] }),
]
const categoriesOf = () =>
  query(
    `select p.onec_id, c.onec_id as category from products as p join categories as c on c.id = p.category_id order by 1`,
  )

test('only the subtree of ONEC_ROOT_CATEGORY is imported; what lies outside is skipped, counted and named', async () => {
  const source = temporaryDirectory()
  await writeExport(source, {
    groups: groups(),
    goods: [
      good({ id: 'kimono', groupIds: ['judo'] }),
      good({ id: 'pen', name: 'Ручка', groupIds: ['pens'] }),
      good({ id: 'bag', groupIds: ['pens', 'sport'] }),
      good({ id: 'lost', groupIds: ['unknown'] }),
    ],
  })
  const session = await importNow(['catalog'], source)

  expect(session.status).toBe('COMPLETED')
  expect(countsOf(session, 'groups')).toEqual({ processed: 4, created: 2, skipped: 2, warnings: 2 })
  expect(countsOf(session, 'goods')).toEqual({ processed: 4, created: 2, skipped: 2, warnings: 2 })
  expect(problemsOf(session)).toEqual(['warning outside_root_category × 2', 'warning outside_root_category × 2'])
  const pen = session.problems.flatMap(({ examples }) => examples).find(({ externalId }) => externalId === 'pen')
  expect(pen).toMatchObject({ file: 'goods/goods.xml' })
  expect(pen?.message).toContain('«Ручка»')
  expect(await query(`select onec_id from categories order by 1`)).toEqual([{ onec_id: 'judo' }, { onec_id: 'sport' }])
  expect(await categoriesOf()).toEqual([
    { onec_id: 'bag', category: 'sport' },
    { onec_id: 'kimono', category: 'judo' },
  ])
})

test('a delta without groups is judged by the tree in the database', async () => {
  const source = temporaryDirectory()
  await writeExport(source, { groups: groups(), goods: [good({ id: 'kimono', groupIds: ['judo'] })] })
  await importNow(['catalog'], source)
  await writeExport(source, {
    goods: [
      good({ id: 'kimono', name: 'Дзюдоги' }),
      good({ id: 'belt', groupIds: ['judo'] }),
      good({ id: 'pen', groupIds: ['pens'] }),
      good({ id: 'nowhere' }),
    ],
  })
  const session = await importNow(['catalog'], source)

  expect(countsOf(session, 'goods')).toEqual({ processed: 4, created: 1, updated: 1, skipped: 2, warnings: 2 })
  expect(await categoriesOf()).toEqual([
    { onec_id: 'belt', category: 'judo' },
    { onec_id: 'kimono', category: 'judo' },
  ])
})

test('a group of that name deeper in the tree is not it', async () => {
  const source = temporaryDirectory()
  await writeExport(source, {
    groups: [group({ id: 'office', children: [group({ id: 'sport', name: 'Спорт' })] })],
    goods: [good({ id: 'g', groupIds: ['sport'] })],
  })
  expect((await importNow(['catalog'], source)).status).toBe('FAILED')
})

test('a root that names no group fails the session before any write', async () => {
  const source = temporaryDirectory()
  await writeExport(source, { groups: [group({ id: 'office' })], goods: [good({ id: 'g', groupIds: ['office'] })] })
  const before = await catalogue()
  const session = await importNow(['catalog'], source)

  expect(session).toMatchObject({ status: 'FAILED', jobState: 'FAILURE' })
  expect(session.errorMessage).toContain('«Спорт»')
  expect(session.errorMessage).toContain('ONEC_ROOT_CATEGORY')
  expect(await catalogue()).toEqual(before)
})

test('what lies outside is not gone: a full export that names it does not switch it off', async () => {
  const source = temporaryDirectory()
  await writeExport(source, {
    groups: groups(),
    goods: ['a', 'b', 'c', 'd'].map((id) => good({ id, groupIds: ['judo'] })),
  })
  await importNow(['catalog'], source)
  await writeExport(source, {
    delta: false,
    groups: groups(),
    goods: [...['a', 'b', 'c'].map((id) => good({ id, groupIds: ['judo'] })), good({ id: 'd', groupIds: ['pens'] })],
  })
  const session = await importNow(['catalog'], source)

  expect(session.status).toBe('COMPLETED')
  expect(countsOf(session, 'goods')).toEqual({ processed: 4, unchanged: 3, skipped: 1, warnings: 1 })
  expect(await query(`select onec_id from products where is_active`)).toHaveLength(4)
})

test('prices and stock alone need no root', async () => {
  const source = temporaryDirectory()
  await writeExport(source, { groups: groups(), goods: [good({ id: 'g', groupIds: ['judo'] })] })
  await importNow(['catalog'], source)
  await query(`update categories set name = 'Иное' where onec_id = 'sport'`)
  await writeExport(source, { offers: [offer({ id: 'g' })], prices: [price({ offerId: 'g', priceTypeId: 't' })] })
  expect((await importNow(['prices'], source)).status).toBe('COMPLETED')
})
