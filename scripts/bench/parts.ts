import type { ImportType } from '@/prisma/client/enums'
import type { Export } from '@/scripts/sample/model'

/** What is measured on its own: an export of its own, and the tables its rows end in. */
export interface Part {
  name: 'goods' | 'offers' | 'prices' | 'stocks'
  types: ImportType[]
  /** The sections of the whole export that it takes. */
  sections: (keyof Export)[]
  tables: string[]
}

/** In the order they are imported: each needs the ones before it in the database. */
export const PARTS: readonly Part[] = [
  {
    name: 'goods',
    types: ['catalog'],
    sections: ['groups', 'properties', 'goods'],
    tables: ['products', 'product_categories', 'product_attributes'],
  },
  {
    name: 'offers',
    types: ['variants'],
    sections: ['offers'],
    tables: ['product_variants', 'variant_attributes'],
  },
  { name: 'prices', types: ['prices'], sections: ['priceTypes', 'prices'], tables: ['prices'] },
  { name: 'stocks', types: ['stocks'], sections: ['warehouses', 'stock'], tables: ['stocks'] },
]

/** The export of one part alone. */
export function partOf(whole: Export, { sections }: Part): Export {
  const { catalogueId, writtenAt, delta } = whole
  return { catalogueId, writtenAt, delta, ...Object.fromEntries(sections.map((section) => [section, whole[section]])) }
}
