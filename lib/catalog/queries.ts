import { countByLooking, KEPT } from '@/lib/catalog/bounded'
import { goodRow } from '@/lib/catalog/good-queries'
import { groupRow, propertyRow } from '@/lib/catalog/group-queries'
import { offerRow, pricesRow, stockRow } from '@/lib/catalog/offer-queries'
import { imagesRow } from '@/lib/catalog/picture-queries'
import type { CatalogRow, CustomerRow, PriceTypeRow, WarehouseRow } from '@/lib/catalog/row'
import { database } from '@/lib/db'
import { Prisma } from '@/prisma/client/client'
import type { StepKind } from '@/prisma/client/enums'

// One row of the catalogue as it is now. Each statement reads by an index and no more than a page shows, however large
// the tables are: the page is for everybody, and an import may be running.

const READ: { [Kind in StepKind]: (onecId: string) => Promise<Extract<CatalogRow, { step: Kind }> | null> } = {
  groups: groupRow,
  properties: propertyRow,
  price_types: priceTypeRow,
  warehouses: warehouseRow,
  goods: goodRow,
  offers: offerRow,
  prices: pricesRow,
  stock: stockRow,
  images: imagesRow,
  customers: customerRow,
}

/** The row that an id names in what a step imports (worker/step-changes.ts); null when there is none. */
export const catalogRow = (step: StepKind, onecId: string): Promise<CatalogRow | null> => READ[step](onecId)

async function priceTypeRow(onecId: string): Promise<PriceTypeRow | null> {
  const row = await database().priceType.findUnique({
    where: { onecId },
    select: { ...KEPT, name: true, currency: true },
  })
  if (!row) return null
  const priceCount = await countByLooking('prices', Prisma.sql`price_type_onec_id = ${onecId}`)
  return { step: 'price_types', ...row, priceCount }
}

async function warehouseRow(onecId: string): Promise<WarehouseRow | null> {
  const row = await database().warehouse.findUnique({ where: { onecId }, select: { ...KEPT, name: true } })
  if (!row) return null
  const stockCount = await countByLooking('stocks', Prisma.sql`warehouse_onec_id = ${onecId}`)
  return { step: 'warehouses', ...row, stockCount }
}

async function customerRow(onecId: string): Promise<CustomerRow | null> {
  const row = await database().customer.findUnique({
    where: { onecId },
    select: {
      ...KEPT,
      kind: true,
      name: true,
      fullName: true,
      inn: true,
      kpp: true,
      email: true,
      phone: true,
      address: true,
    },
  })
  return row && { step: 'customers', ...row }
}
