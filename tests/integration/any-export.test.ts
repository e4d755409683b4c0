import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { ImportType } from '@/prisma/client/enums'
import { ENCODINGS } from '@/scripts/sample/encoding'
import type { Customer, Group } from '@/scripts/sample/model'
import { LAYOUT_NAMES, type WriteOptions } from '@/scripts/sample/write'
import { anyExport, RUNS, treeOf, type WholeExport } from '@/tests/fixtures/arbitrary'
import { good, writeExport } from '@/tests/fixtures/export'
import { catalogue, emptyDatabase, importNow } from '@/tests/setup/imports'
import { tables } from '@/tests/setup/tables'
import { temporaryDirectory } from '@/tests/setup/temporary'

// Half of the rows may be broken here: it is not what these rules are about. (Settings are read once in a process.)
process.env.IMPORT_MAX_ERROR_SHARE = '1'

// Dozens of imports each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 })

const TYPES: ImportType[] = ['catalog', 'customers']

/** A rule for a fixed number of made-up exports, the same in every run; what breaks it is shown at its smallest. */
const holds = (rule: (a: WholeExport, b: WholeExport) => Promise<void>, runs = RUNS) =>
  fc.assert(fc.asyncProperty(anyExport, anyExport, rule), {
    numRuns: runs,
    seed: Number(process.env.PROPERTY_SEED ?? 20_260_112),
    endOnFailure: !process.env.PROPERTY_SHRINK,
  })

async function imported(directory: string, model: Partial<WholeExport>, options: WriteOptions = {}, types = TYPES) {
  await writeExport(directory, { ...model, ...options })
  // A session without a customer among customers would fail, and rightly.
  const wanted = types.filter((type) => type !== 'customers' || (model.customers?.length ?? 0) > 0)
  const session = await importNow(wanted, directory)
  expect(session.errorMessage).toBeNull()
  return session
}

test('any catalogue, in each layout and encoding, is imported to the same tables, row for row', async () => {
  const directory = temporaryDirectory()
  await holds(
    async (model) => {
      let first: Awaited<ReturnType<typeof tables>> | undefined
      for (const layout of LAYOUT_NAMES) {
        for (const encoding of ENCODINGS) {
          await emptyDatabase()
          await imported(directory, model, { layout, encoding })
          first ??= await tables()
          expect(await tables(), `${layout} in ${encoding}`).toEqual(first)
        }
      }
    },
    Math.ceil(RUNS / 3),
  )
})

test('any export imported again writes nothing', async () => {
  const directory = temporaryDirectory()
  await holds(async (model) => {
    await emptyDatabase()
    await imported(directory, model)
    const before = await catalogue()
    const session = await imported(directory, model, { layout: 'classic', encoding: 'cp1251' })
    for (const { kind, created, updated, deactivated, linked } of session.steps) {
      expect({ kind, created, updated, deactivated, linked }).toEqual({
        kind,
        created: 0,
        updated: 0,
        deactivated: 0,
        linked: 0,
      })
    }
    expect(await catalogue()).toEqual(before)
  })
})

test('any export and then any delta come to the same as both at once', async () => {
  const directory = temporaryDirectory()
  await holds(async (a, b) => {
    await emptyDatabase()
    await imported(directory, a)
    await imported(directory, b)
    const oneByOne = await tables()
    await emptyDatabase()
    await imported(directory, both(a, b))
    expect(oneByOne).toEqual(await tables())
  })
})

test('prices and stock first, their catalogue later, come to the same as the other order', async () => {
  const directory = temporaryDirectory()
  const early = { goods: [good({ id: 'давно есть' })] }
  await holds(async ({ prices, stock, ...rest }) => {
    fc.pre(prices.length > 0 && stock.length > 0)
    const orders = [
      [{ prices, stock }, rest],
      [rest, { prices, stock }],
    ] as const
    const ends = []
    for (const order of orders) {
      await emptyDatabase()
      await imported(directory, early)
      for (const part of order) await imported(directory, part, {}, 'goods' in part ? TYPES : ['stocks', 'prices'])
      ends.push(await tables())
    }
    expect(ends[0]).toEqual(ends[1])
  })
})

/** What 1C would export at once, had it not exported `a` before `b`. */
function both(a: WholeExport, b: WholeExport): WholeExport {
  const merged = <T>(key: (row: T) => string, older: T[], newer: T[], merge = (_old: T, row: T): T => row): T[] => {
    const rows = new Map(older.map((row) => [key(row), row]))
    for (const row of newer) {
      const old = rows.get(key(row))
      rows.set(key(row), old === undefined ? row : merge(old, row))
    }
    return [...rows.values()]
  }
  const byId = ({ id }: { id: string }) => id
  // Nothing said is nothing changed.
  const filled = <T>(newer: readonly T[] | undefined, older: readonly T[] | undefined) =>
    newer?.length ? newer : older
  return {
    ...b,
    groups: treeOf(merged(byId, flat(a.groups), flat(b.groups))),
    properties: merged(byId, a.properties, b.properties, (old, row) => ({
      ...row,
      ...(row.values ? { values: merged(byId, [...(old.values ?? [])], [...row.values]) } : {}),
    })),
    priceTypes: merged(byId, a.priceTypes, b.priceTypes),
    warehouses: merged(byId, a.warehouses, b.warehouses),
    goods: merged(byId, a.goods, b.goods, (old, row) =>
      // A mark alone says that the good is gone, and nothing else.
      row.name === ''
        ? { ...old, deleted: row.deleted || old.deleted }
        : old.name === ''
          ? row
          : {
              ...row,
              groupIds: filled(row.groupIds, old.groupIds),
              properties: filled(row.properties, old.properties),
            },
    ),
    offers: merged(byId, a.offers, b.offers, (old, row) => ({
      ...row,
      characteristics: filled(row.characteristics, old.characteristics),
    })),
    prices: together(
      merged(
        ({ offerId, priceTypeId, minQuantity }) => `${offerId} ${priceTypeId} ${minQuantity}`,
        a.prices,
        b.prices,
        (old, row) => (row.value === 'договорная' ? old : row),
      ),
    ),
    stock: together(
      merged(
        ({ offerId, warehouseId }) => `${offerId} ${warehouseId}`,
        a.stock,
        b.stock,
        (old, row) => (row.quantity === 'много' ? old : row),
      ),
    ),
    customers: merged(byId, a.customers, b.customers, (old, row) =>
      isSeller(row) ? old : isSeller(old) ? row : { ...row, ...keptDetails(old, row) },
    ),
  }
}

const isSeller = ({ roles }: Customer) => roles?.[0] === 'Поставщик'

/** An empty value, or a tax id that is none, erases nothing. */
const keptDetails = (old: Customer, row: Customer): Partial<Customer> => ({
  fullName: row.fullName || old.fullName,
  inn: row.inn && row.inn !== '123' ? row.inn : old.inn,
  email: row.email || old.email,
  phone: row.phone || old.phone,
})

const flat = (groups: readonly Group[], parent: string | null = null): (Group & { parent: string | null })[] =>
  groups.flatMap(({ children = [], ...one }) => [{ ...one, parent }, ...flat(children, one.id)])

/** The rows of one offer beside each other. */
const together = <T extends { offerId: string }>(rows: T[]): T[] =>
  rows.toSorted((a, b) => (a.offerId < b.offerId ? -1 : Number(a.offerId > b.offerId)))
