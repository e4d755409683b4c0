// A catalogue as 1C exports it. Values are strings, written as they are: '1 234,50' and '-999 999 999,9' too.
// Where a field may be absent: undefined leaves the tag out, '' writes an empty tag.

export interface Group {
  id: string
  name: string
  description?: string | undefined
  deleted?: boolean | undefined
  children?: readonly Group[] | undefined
}

export type PropertyType = 'Справочник' | 'Строка' | 'Число' | 'Время' | 'Булево'

export interface Property {
  id: string
  name: string
  type: PropertyType
  deleted?: boolean | undefined
  values?: readonly { id: string; value: string }[] | undefined
}

export interface PriceType {
  id: string
  name: string
  currency?: string | undefined
  deleted?: boolean | undefined
}

export interface Warehouse {
  id: string
  name: string
  deleted?: boolean | undefined
}

export interface Unit {
  id: string
  shortName: string
  fullName: string
}

/** A value that a good or an offer has of a property; for a list of values, the value's id. */
export interface PropertyValue {
  propertyId: string
  value: string | readonly string[]
}

export interface NamedValue {
  name: string
  value: string
}

export interface Good {
  id: string
  name: string
  deleted?: boolean | undefined
  barcode?: string | undefined
  article?: string | undefined
  unit?: string | undefined
  groupIds?: readonly string[] | undefined
  description?: string | undefined
  pictures?: readonly string[] | undefined
  country?: string | undefined
  manufacturer?: { id: string; name: string } | undefined
  properties?: readonly PropertyValue[] | undefined
  /** Per cent, or «Без НДС». */
  vat?: string | undefined
  requisites?: readonly NamedValue[] | undefined
}

export interface Offer {
  /** `good` or `good#variant`. */
  id: string
  name: string
  deleted?: boolean | undefined
  barcode?: string | undefined
  article?: string | undefined
  pictures?: readonly string[] | undefined
  characteristics?: readonly NamedValue[] | undefined
  properties?: readonly PropertyValue[] | undefined
}

export interface Price {
  offerId: string
  priceTypeId: string
  value: string
  currency?: string | undefined
  unit?: string | undefined
  ratio?: string | undefined
  minQuantity?: string | undefined
}

export interface Stock {
  offerId: string
  warehouseId: string
  quantity: string
}

export interface Customer {
  id: string
  name: string
  deleted?: boolean | undefined
  fullName?: string | undefined
  /** «Покупатель», «Поставщик»; several of them, or none. */
  roles?: readonly string[] | undefined
  inn?: string | undefined
  kpp?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  address?: string | undefined
}

/** A file under import_files. */
export interface Picture {
  /** As goods and offers name it: `import_files/ab/….jpg`. */
  path: string
  content: Uint8Array
}

/**
 * All that one export tells; a section that is absent is not written at all. The long sections are read once, front
 * to back, and may be generated on the way; prices and stock of one offer stand together.
 */
export interface Export {
  /** The id of the catalogue and of its classifier. */
  catalogueId: string
  /** `ДатаФормирования`, such as 2026-09-12T21:25:39. */
  writtenAt: string
  /** `СодержитТолькоИзменения`: what is not mentioned stays as it is. */
  delta: boolean
  groups?: readonly Group[]
  properties?: readonly Property[]
  offerProperties?: readonly Property[]
  priceTypes?: readonly PriceType[]
  warehouses?: readonly Warehouse[]
  units?: readonly Unit[]
  goods?: Iterable<Good>
  offers?: Iterable<Offer>
  prices?: Iterable<Price>
  stock?: Iterable<Stock>
  customers?: Iterable<Customer>
  pictures?: Iterable<Picture>
}
