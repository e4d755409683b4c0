import type { AttributeType, CustomerKind, PictureSource } from '@/prisma/client/enums'

// What the page of one row of the catalogue shows; lib/catalog/queries.ts fills it. Every list is cut.

/** Another row, by 1C's id. */
export interface Reference {
  onecId: string
  name: string | null
  /** It is only mentioned: not imported yet. */
  isMissing?: boolean
}

/** The first few of a list. */
export interface Cut<T> {
  items: T[]
  /** There are more. */
  more: boolean
}

/** How many there are, as far as was counted. */
export interface Count {
  value: number
  /** `more`: more than that; `part`: so many among the rows that were looked at. */
  is: 'exact' | 'more' | 'part'
}

/** What every row has that 1C can switch off. */
interface Kept {
  onecId: string
  isActive: boolean
  /** By 1C, which may switch it on again; else somebody did. */
  deactivatedByImport: boolean
  createdAt: Date
  updatedAt: Date
}

export interface GroupRow extends Kept {
  step: 'groups'
  name: string
  description: string | null
  slug: string
  classifierOnecId: string | null
  /** Made for goods without a known group; never shown in a shop. */
  isHidden: boolean
  /** From the root down to its parent. */
  path: Reference[]
  children: Reference[]
  childCount: Count
  goods: Reference[]
  goodCount: Count
}

export interface PropertyRow {
  step: 'properties'
  onecId: string
  /** As 1C wrote and declared it. */
  name: string
  type: AttributeType
  isDeleted: boolean
  updatedAt: Date
  /** What it was merged into by its name. */
  attribute: Omit<Kept, 'onecId'> & { name: string; type: AttributeType }
  /** Other properties that were merged into the same. */
  others: Reference[]
  values: { onecId: string; value: string; attributeValue: { value: string } }[]
  valueCount: Count
}

export interface PriceTypeRow extends Kept {
  step: 'price_types'
  name: string
  currency: string | null
  priceCount: Count
}

export interface WarehouseRow extends Kept {
  step: 'warehouses'
  name: string | null
  stockCount: Count
}

/** A value that a good has of a property. */
export interface GoodProperty {
  property: Reference
  value: string
  /** It stands in a list that was not imported yet: the value is its id. */
  isUnknownValue: boolean
}

export interface Variant extends Reference {
  isActive: boolean
  characteristics: Characteristic[]
  prices: Cut<PriceLine>
  stock: Cut<StockLine>
}

export interface Characteristic {
  name: string
  value: string
}

export interface PriceLine {
  type: Reference
  value: number
  currency: string | null
  unit: string | null
  ratio: number | null
  minQuantity: number
  updatedAt: Date
}

export interface StockLine {
  warehouse: Reference
  quantity: number
  updatedAt: Date
}

export interface PictureLine {
  namedBy: PictureSource
  path: string
  hash: string
  format: string
  width: number
  height: number
  bytes: number
}

export interface GoodRow extends Kept {
  step: 'goods'
  name: string
  article: string | null
  description: string | null
  barcode: string | null
  unit: string | null
  country: string | null
  manufacturer: string | null
  /** Per cent; null: without VAT. */
  vatRate: number | null
  catalogOnecId: string | null
  /** Null: it has none. */
  brand: Reference | null
  /** From the root down to its own group. */
  path: Reference[]
  /** Every group it names. */
  groups: Cut<Reference>
  requisites: Cut<Characteristic>
  properties: Cut<GoodProperty>
  variants: Cut<Variant>
  pictures: Cut<PictureLine>
}

export interface OfferRow extends Kept {
  step: 'offers'
  name: string | null
  article: string | null
  barcode: string | null
  color: string | null
  size: string | null
  /** It stands in for a good without offers. */
  isDefault: boolean
  catalogOnecId: string | null
  product: Reference
  characteristics: Cut<Characteristic>
  prices: Cut<PriceLine>
  stock: Cut<StockLine>
  pictures: Cut<PictureLine>
}

export interface PricesRow {
  step: 'prices'
  onecId: string
  offer: Reference
  prices: Cut<PriceLine>
}

export interface StockRow {
  step: 'stock'
  onecId: string
  offer: Reference
  stock: Cut<StockLine>
}

/** A good and an offer may have the same id: the pictures of both are shown, with whoever is there or named by one. */
export interface ImagesRow {
  step: 'images'
  onecId: string
  product: Reference | null
  offer: Reference | null
  pictures: Cut<PictureLine>
}

export interface CustomerRow extends Kept {
  step: 'customers'
  kind: CustomerKind
  name: string
  fullName: string | null
  inn: string | null
  kpp: string | null
  email: string | null
  phone: string | null
  address: string | null
}

export type CatalogRow =
  | GroupRow
  | PropertyRow
  | PriceTypeRow
  | WarehouseRow
  | GoodRow
  | OfferRow
  | PricesRow
  | StockRow
  | ImagesRow
  | CustomerRow
