import type { TypeOffer } from '@/components/imports/start-form-state'
import { type ExportSummary, filesWith } from '@/lib/imports/export'
import { type ContentKind, IMPORT_TYPE_NAMES, IMPORT_TYPES } from '@/lib/imports/types'
import type { StepKind } from '@/prisma/client/enums'

const CONTENT_OF_STEP: Record<StepKind, ContentKind> = {
  groups: 'groups',
  properties: 'properties',
  price_types: 'priceTypes',
  warehouses: 'warehouses',
  goods: 'goods',
  offers: 'offers',
  prices: 'prices',
  stock: 'stock',
  images: 'images',
  customers: 'customers',
}

/** The import types as the form offers them, for what lies in the export and in the database. */
export const offersFor = (summary: ExportSummary | null, catalogueExists: boolean): TypeOffer[] =>
  IMPORT_TYPE_NAMES.map((type) => {
    const { steps, needs, needsProducts } = IMPORT_TYPES[type]
    const required: readonly ContentKind[] = needs
    return {
      type,
      needs: steps.map((step) => {
        const kind = CONTENT_OF_STEP[step]
        const files = summary ? filesWith(summary, [kind]).map((file) => file.name) : []
        return { kind, required: required.includes(kind), files }
      }),
      needsCatalog: needsProducts && !catalogueExists,
    }
  })
