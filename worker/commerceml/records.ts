// What the files of an export are read into: one record for each thing, in the order of the file.

import type { ProblemCode } from './problem-codes'
import type { Sentence } from './sentence'

export type SourceRecord =
  | ContainerRecord
  | DeletionRecord
  | GroupRecord
  | PropertyRecord
  | PropertyValueRecord
  | PriceTypeRecord
  | WarehouseRecord
  | UnitRecord
  | GoodRecord
  | OfferRecord
  | PriceRecord
  | StockRecord
  | GalleryRecord
  | PictureRecord
  | CustomerRecord
  | ProblemRecord

/** The kinds of records that steps import. */
export type RecordKind = Exclude<SourceRecord['kind'], 'problem' | 'container' | 'gallery' | 'deletion' | 'unit'>

interface At {
  /** Line of the file, from 1, where the thing begins. */
  line: number
}

/** The end of a part of a file that speaks for a whole classifier, catalogue or price list, or only for changes in it. */
export interface ContainerRecord extends At {
  kind: 'container'
  /** The id of the classifier or catalogue it is about. */
  scopeId: string | null
  /** Whether what it does not mention is gone (COMMERCEML.md §2, Only changes). */
  full: boolean
  /** What it held. */
  holds: RecordKind[]
}

/** A deletion mark that came alone: an id, and nothing else to go by. */
export interface DeletionRecord extends At {
  kind: 'deletion'
  of: RecordKind
  id: string
  deleted: true
  /** Of a variant, and it stood among the goods. */
  fromGood?: true
}

/** Of what stands in a classifier or a catalogue. */
interface InScope extends At {
  /** The id of the classifier or catalogue. */
  scopeId: string | null
}

export interface GroupRecord extends InScope {
  kind: 'group'
  /** Place of the group in the file, in order of appearance. */
  seq: number
  /** `seq` of the enclosing group; null for a root. */
  parentSeq: number | null
  /** Its id, where it stands before the group: the enclosing group may say nothing else of itself. */
  parentId: string | null
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
  deleted: boolean
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

/** What a code of a unit of measure means. */
export interface UnitRecord extends At {
  kind: 'unit'
  id: string
  /** What goods name it by. */
  code: string
  name: string | null
  fullName: string | null
  international: string | null
}

/** A value that a good or an offer gives to a property. */
export interface PropertyAssignment {
  propertyId: string
  /** The id of a listed value, or the value itself. */
  value: string
  /** The value as a decimal, where it looks like one. */
  number: string | null
}

export interface GoodRecord extends InScope {
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

export interface OfferRecord extends InScope {
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
  /** In the order of the file, without empty values; null when the offer says nothing of characteristics. */
  characteristics: { name: string; value: string }[] | null
  /** It is a good's other half: the offer itself may still come, and overrules it. */
  fromGood?: true
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

/** What may have pictures. A good and an offer may have the same id, and each its own pictures. */
export type PictureOwner = 'good' | 'offer'

/** A good or an offer says which pictures it has: those that follow, and no others. */
export interface GalleryRecord extends At {
  kind: 'gallery'
  owner: PictureOwner
  ownerId: string
}

/** A picture that a good or an offer names. */
export interface PictureRecord extends At {
  kind: 'picture'
  owner: PictureOwner
  /** Id of the good or the offer. */
  ownerId: string
  /** As 1C writes it. */
  path: string
  /** From 0, in the order of the owner. */
  position: number
}

export interface CustomerRecord extends At {
  kind: 'customer'
  id: string
  customerKind: 'legal_entity' | 'entrepreneur' | 'individual'
  /** Null: what it is called already, or its full name. */
  name: string | null
  fullName: string | null
  inn: string | null
  kpp: string | null
  email: string | null
  phone: string | null
  address: string | null
  deleted: boolean
}

/** A thing that could not be read into a record (error), or was with a caveat (warning). */
export interface ProblemRecord extends At {
  kind: 'problem'
  /** What it would have been; null: the file as a whole. */
  of: RecordKind | null
  severity: 'error' | 'warning'
  /** A thing that is left out on purpose: counted as skipped. A warning without this is a remark on a record that comes beside it. */
  skipped?: true
  code: ProblemCode
  externalId: string | null
  field: string | null
  sentence: Sentence
}
