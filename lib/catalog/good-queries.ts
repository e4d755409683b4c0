import { z } from 'zod'
import { COUNTED_AT_MOST, cut, KEPT } from '@/lib/catalog/bounded'
import { groupPath } from '@/lib/catalog/group-queries'
import { characteristicsOf, pricesOf, stockOf } from '@/lib/catalog/offer-queries'
import { OF_GOOD, picturesOf } from '@/lib/catalog/picture-queries'
import type { Characteristic, Cut, GoodProperty, GoodRow, Reference, Variant } from '@/lib/catalog/row'
import { database } from '@/lib/db'

const GROUPS_SHOWN = 20
const REQUISITES_SHOWN = 50
const PROPERTIES_SHOWN = 100
const VARIANTS_SHOWN = 50
/** Of each variant; its own page shows more. */
const LINES_OF_VARIANT = 10

export async function goodRow(onecId: string): Promise<GoodRow | null> {
  const row = await database().product.findUnique({
    where: { onecId },
    select: {
      ...KEPT,
      id: true,
      name: true,
      article: true,
      description: true,
      barcode: true,
      unit: true,
      country: true,
      manufacturer: true,
      vatRate: true,
      catalogOnecId: true,
      requisites: true,
      categoryId: true,
      brandRef: true,
      brand: { select: { name: true } },
    },
  })
  if (!row) return null
  const { id, categoryId, brandRef, brand, unit, vatRate, requisites, ...good } = row
  const [path, groups, properties, variants, pictures, unitName, brandReference] = await Promise.all([
    groupPath(categoryId),
    groupsOf(id),
    propertiesOf(id),
    variantsOf(id),
    picturesOf(onecId, OF_GOOD),
    unitNameOf(unit),
    brandOf(brandRef, brand),
  ])
  return {
    step: 'goods',
    ...good,
    unit: unitName ?? unit,
    vatRate: vatRate === null ? null : Number(vatRate),
    brand: brandReference,
    requisites: requisitesOf(requisites),
    path,
    groups,
    properties,
    variants,
    pictures,
  }
}

async function groupsOf(productId: number): Promise<Cut<Reference>> {
  const rows = await database().$queryRaw<Reference[]>`
    select pc.category_onec_id as "onecId", c.name, c.id is null as "isMissing"
    from product_categories as pc left join categories as c on c.id = pc.category_id
    where pc.product_id = ${productId}
    order by pc.position limit ${GROUPS_SHOWN + 1}`
  return cut(rows, GROUPS_SHOWN)
}

async function propertiesOf(productId: number): Promise<Cut<GoodProperty>> {
  const rows = await database().$queryRaw<GoodProperty[]>`
    select json_build_object('onecId', pa.property_onec_id, 'name', a.name, 'isMissing', a.id is null) as "property",
      coalesce(v.value, pa.value) as "value", coalesce(i.type = 'reference' and v.id is null, false) as "isUnknownValue"
    from (
      select * from product_attributes where product_id = ${productId}
      order by property_onec_id, position limit ${PROPERTIES_SHOWN + 1}
    ) as pa
    left join attribute_ids as i on i.onec_id = pa.property_onec_id
    left join attributes as a on a.id = pa.attribute_id
    left join attribute_values as v on v.id = pa.attribute_value_id
    order by a.name, pa.property_onec_id, pa.position`
  return cut(rows, PROPERTIES_SHOWN)
}

async function variantsOf(productId: number): Promise<Cut<Variant>> {
  // Materialized: the order by 1C's id must not tempt PostgreSQL to walk through the variants of all goods.
  const rows = await database().$queryRaw<(Pick<Variant, 'onecId' | 'name' | 'isActive'> & { id: number })[]>`
    with own as materialized (
      select id, onec_id, name, is_active, is_default from product_variants
      where product_id = ${productId} limit ${COUNTED_AT_MOST}
    )
    select id, onec_id as "onecId", name, is_active as "isActive" from own
    order by is_active desc, is_default, onec_id limit ${VARIANTS_SHOWN + 1}`
  const ids = rows.map(({ onecId }) => onecId)
  const [characteristics, prices, stock] = await Promise.all([
    characteristicsOf(
      rows.map(({ id }) => id),
      LINES_OF_VARIANT,
    ),
    pricesOf(ids, LINES_OF_VARIANT),
    stockOf(ids, LINES_OF_VARIANT),
  ])
  const variants = rows.map(({ id, ...variant }) => ({
    ...variant,
    characteristics: characteristics.filter(({ variantId }) => variantId === id),
    prices: prices(variant.onecId),
    stock: stock(variant.onecId),
  }))
  return cut(variants, VARIANTS_SHOWN)
}

/** A good names its unit by a code of 1C's list, or by a name. */
async function unitNameOf(unit: string | null): Promise<string | null> {
  if (unit === null) return null
  const found = await database().unit.findFirst({
    where: { code: unit },
    select: { name: true, fullName: true },
    orderBy: { onecId: 'asc' },
  })
  return found?.name ?? found?.fullName ?? null
}

/** The brand of a good; one that it names and that is known to be none is none. */
async function brandOf(ref: string | null, brand: { name: string } | null): Promise<Reference | null> {
  if (brand || ref === null) return brand && { onecId: ref ?? '', name: brand.name }
  const known = await database().brandId.findUnique({ where: { onecId: ref }, select: { onecId: true } })
  return known ? null : { onecId: ref, name: null, isMissing: true }
}

const requisitesSchema = z.record(z.string(), z.string().or(z.array(z.string()))).catch({})

/** A requisite that 1C repeats is a line for each value. */
function requisitesOf(stored: unknown): Cut<Characteristic> {
  const lines = Object.entries(requisitesSchema.parse(stored))
    .sort(([a], [b]) => a.localeCompare(b, 'ru'))
    .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each })))
  return cut(lines, REQUISITES_SHOWN)
}
