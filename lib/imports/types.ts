import type { ImportType, StepKind } from '@/prisma/client/enums'

/** What a file of an export can hold (COMMERCEML.md §3). */
export const CONTENT_KINDS = [
  'groups',
  'properties',
  'priceTypes',
  'warehouses',
  'units',
  'goods',
  'offers',
  'prices',
  'stock',
  'images',
  'customers',
  'orders',
] as const

export type ContentKind = (typeof CONTENT_KINDS)[number]

/** Every step, in the order they run (COMMERCEML.md §4). */
export const STEP_ORDER = [
  'groups',
  'properties',
  'price_types',
  'warehouses',
  'goods',
  'offers',
  'prices',
  'stock',
  'images',
  'customers',
] as const satisfies readonly StepKind[]

/** All but the customers, which are no part of a catalogue. */
const CATALOG_STEPS = STEP_ORDER.filter((step) => step !== 'customers')

interface TypeDefinition {
  /** The steps it is made of; a session runs the union of its types' steps. */
  steps: readonly StepKind[]
  /** What the export must hold; an import without it is refused. */
  needs: readonly ContentKind[]
  /** Whether products must be in the database already, or come with the same session. */
  needsProducts: boolean
}

/** The import types, in the order they are offered (COMMERCEML.md §6). */
export const IMPORT_TYPES = {
  catalog: { steps: CATALOG_STEPS, needs: ['goods'], needsProducts: false },
  variants: {
    steps: ['price_types', 'warehouses', 'offers', 'prices', 'stock'],
    needs: ['offers'],
    needsProducts: true,
  },
  attributes: { steps: ['properties'], needs: ['properties'], needsProducts: false },
  images: { steps: ['images'], needs: ['images'], needsProducts: true },
  stocks: { steps: ['warehouses', 'stock'], needs: ['stock'], needsProducts: true },
  prices: { steps: ['price_types', 'prices'], needs: ['prices'], needsProducts: true },
  customers: { steps: ['customers'], needs: ['customers'], needsProducts: false },
} as const satisfies Record<ImportType, TypeDefinition>

export const IMPORT_TYPE_NAMES = Object.keys(IMPORT_TYPES) as ImportType[]

/** The types in the order they are offered, each once. */
export const inOfferedOrder = (types: readonly ImportType[]): ImportType[] =>
  IMPORT_TYPE_NAMES.filter((type) => types.includes(type))

/** The union of the types' steps, each once, in running order. */
export function stepsOf(types: readonly ImportType[]): StepKind[] {
  const chosen = new Set(types.flatMap((type): readonly StepKind[] => IMPORT_TYPES[type].steps))
  return STEP_ORDER.filter((step) => chosen.has(step))
}

/** What the export must hold for all of the types. */
export const needsOf = (types: readonly ImportType[]): ContentKind[] => [
  ...new Set(types.flatMap((type): readonly ContentKind[] => IMPORT_TYPES[type].needs)),
]

/** Whether these types work only on products that were imported before. */
export const needEarlierProducts = (types: readonly ImportType[]): boolean =>
  !types.includes('catalog') && types.some((type) => IMPORT_TYPES[type].needsProducts)
