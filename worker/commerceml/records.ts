// What the files of an export are read into: one record for each thing, in the order of the file.

import type { ProblemCode } from './problem-codes'

export type SourceRecord =
  | GroupRecord
  | PropertyRecord
  | PropertyValueRecord
  | PriceTypeRecord
  | WarehouseRecord
  | GoodRecord
  | OfferRecord
  | PriceRecord
  | StockRecord
  | ProblemRecord

/** The kinds of records that steps import. */
export type RecordKind = Exclude<SourceRecord['kind'], 'problem'>

interface At {
  /** Line of the file, from 1, where the thing begins. */
  line: number
}

export interface GroupRecord extends At {
  kind: 'group'
  /** Place of the group in the file, in order of appearance. */
  seq: number
  /** `seq` of the enclosing group; null for a root. */
  parentSeq: number | null
  id: string
  name: string
  description: string | null
  deleted: boolean
}

export type PropertyType = 'reference' | 'text' | 'number' | 'date' | 'boolean'

export interface PropertyRecord extends At {
  kind: 'property'
  seq: number
  id: string
  name: string
  type: PropertyType
}

export interface PropertyValueRecord extends At {
  kind: 'propertyValue'
  /** `seq` of the property that lists it. */
  propertySeq: number
  id: string
  value: string
}

export interface PriceTypeRecord extends At {
  kind: 'priceType'
  id: string
  name: string
  currency: string | null
  deleted: boolean
}

export interface WarehouseRecord extends At {
  kind: 'warehouse'
  id: string
  name: string
  deleted: boolean
}

/** A value that a good or an offer gives to a property. */
export interface PropertyAssignment {
  propertyId: string
  /** The id of a listed value, or the value itself. */
  value: string
  /** The value as a decimal, where it looks like one. */
  number: string | null
}

export interface GoodRecord extends At {
  kind: 'good'
  id: string
  name: string
  article: string | null
  description: string | null
  barcode: string | null
  unit: string | null
  country: string | null
  manufacturer: { id: string | null; name: string | null } | null
  /** Per cent, as a decimal; null: without VAT. */
  vatRate: string | null
  /** Ids of its groups, in order; null when the good says nothing of groups. */
  groupIds: string[] | null
  /** Null when the good says nothing of properties. */
  properties: PropertyAssignment[] | null
  requisites: Record<string, string | string[]>
  deleted: boolean
}

export interface OfferRecord extends At {
  kind: 'offer'
  /** The whole id, `product` or `product#variant`. */
  id: string
  productId: string
  name: string | null
  article: string | null
  barcode: string | null
  color: string | null
  size: string | null
  isChildSize: boolean
  /** In the order of the file, without empty values. */
  characteristics: { name: string; value: string }[]
  deleted: boolean
}

export interface PriceRecord extends At {
  kind: 'price'
  offerId: string
  priceTypeId: string
  minQuantity: string
  /** Null: there is no price (COMMERCEML.md §5). */
  value: string | null
  currency: string | null
  unit: string | null
  ratio: string | null
}

export interface StockRecord extends At {
  kind: 'stock'
  offerId: string
  warehouseId: string
  quantity: string
}

/** A thing that could not be read into a record (error), or was with a caveat (warning). */
export interface ProblemRecord extends At {
  kind: 'problem'
  /** What it would have been; null: the file as a whole. */
  of: RecordKind | null
  severity: 'error' | 'warning'
  code: ProblemCode
  externalId: string | null
  field: string | null
  message: string
}
