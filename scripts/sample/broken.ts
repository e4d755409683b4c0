import { Dice } from '@/scripts/sample/dice'
import type { Export } from '@/scripts/sample/model'

/** Spoils a share of the rows the way 1C's users do: ids and names that are empty, numbers that are words. */
export function breakRows(model: Export, seed: number, share: number): Export {
  return {
    ...model,
    ...spoiled('goods', 11, (good, dice) => (dice.chance(0.5) ? { ...good, name: '' } : { ...good, id: '' })),
    ...spoiled('offers', 12, (offer) => ({ ...offer, id: '' })),
    ...spoiled('prices', 13, (price, dice) =>
      dice.chance(0.5) ? { ...price, value: 'договорная' } : { ...price, priceTypeId: '' },
    ),
    ...spoiled('stock', 14, (stock) => ({ ...stock, quantity: 'много' })),
    ...spoiled('customers', 15, (customer, dice) =>
      dice.chance(0.5) ? { ...customer, name: '', fullName: '' } : { ...customer, id: '' },
    ),
  }

  function spoiled<Section extends 'goods' | 'offers' | 'prices' | 'stock' | 'customers'>(
    section: Section,
    place: number,
    spoil: (row: Row<Section>, dice: Dice) => Row<Section>,
  ): Partial<Export> {
    const rows = model[section] as Iterable<Row<Section>> | undefined
    if (!rows) return {}
    return {
      [section]: {
        *[Symbol.iterator]() {
          let index = 0
          for (const row of rows) {
            const dice = new Dice(seed, place, index++)
            yield dice.chance(share) ? spoil(row, dice) : row
          }
        },
      },
    }
  }
}

type Row<Section extends keyof Export> = NonNullable<Export[Section]> extends Iterable<infer T> ? T : never
