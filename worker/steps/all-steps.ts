import type { StepKind } from '@/prisma/client/enums'
import type { RecordKind } from '@/worker/commerceml/records'
import { customers } from './customers'
import { goods } from './goods'
import { groups } from './groups'
import { images } from './images'
import { offers } from './offers'
import { priceTypes } from './price-types'
import { prices } from './prices'
import { properties } from './properties'
import type { Step } from './step'
import { stock } from './stock'
import { warehouses } from './warehouses'

export const STEPS: Record<StepKind, Step> = {
  groups,
  properties,
  price_types: priceTypes,
  warehouses,
  goods,
  offers,
  prices,
  stock,
  images,
  customers,
}

const BY_RECORD = new Map<RecordKind, Step>(
  Object.values(STEPS).flatMap((step) => step.records.map((kind) => [kind, step] as const)),
)

/** The step that imports records of this kind. */
export function stepOf(kind: RecordKind): Step {
  const step = BY_RECORD.get(kind)
  if (!step) throw new Error(`No step imports ${kind}`)
  return step
}
