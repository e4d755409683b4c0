import { useTranslations } from 'next-intl'
import { Facts } from '@/components/catalog/facts'
import { GoodView } from '@/components/catalog/good-view'
import { GroupView } from '@/components/catalog/group-view'
import { LinesView, OfferView } from '@/components/catalog/offer-view'
import { Pictures } from '@/components/catalog/pictures'
import { PropertyView } from '@/components/catalog/property-view'
import { RowLink } from '@/components/catalog/row-link'
import { useCountText } from '@/components/catalog/shown'
import { useTimes } from '@/components/catalog/times'
import { Section } from '@/components/imports/section'
import type { CatalogRow, CustomerRow, ImagesRow, PriceTypeRow, WarehouseRow } from '@/lib/catalog/row'

/** What there is to know about a row of the catalogue. */
export function RowView({ row }: { row: CatalogRow }) {
  switch (row.step) {
    case 'groups':
      return <GroupView row={row} />
    case 'properties':
      return <PropertyView row={row} />
    case 'price_types':
      return <PriceTypeView row={row} />
    case 'warehouses':
      return <WarehouseView row={row} />
    case 'goods':
      return <GoodView row={row} />
    case 'offers':
      return <OfferView row={row} />
    case 'prices':
    case 'stock':
      return <LinesView row={row} />
    case 'images':
      return <ImagesView row={row} />
    case 'customers':
      return <CustomerView row={row} />
  }
}

function PriceTypeView({ row }: { row: PriceTypeRow }) {
  const t = useTranslations('catalog.fact')
  const countText = useCountText()
  const times = useTimes()
  return <Facts facts={[[t('currency'), row.currency], [t('prices'), countText(row.priceCount)], ...times(row)]} />
}

function WarehouseView({ row }: { row: WarehouseRow }) {
  const t = useTranslations('catalog')
  const countText = useCountText()
  const times = useTimes()
  return (
    <Facts
      facts={[
        [t('fact.origin'), row.name === null ? t('onlyInStock') : null],
        [t('fact.stock'), countText(row.stockCount)],
        ...times(row),
      ]}
    />
  )
}

function ImagesView({ row }: { row: ImagesRow }) {
  const t = useTranslations('catalog')
  const { product, offer } = row
  return (
    <>
      <Facts
        facts={[
          [t('kind.goods'), product && <RowLink key="good" step="goods" row={product} />],
          [t('kind.offers'), offer && <RowLink key="offer" step="offers" row={offer} />],
        ]}
      />
      <Section id="pictures" title={t('section.pictures')}>
        <Pictures pictures={row.pictures} />
      </Section>
    </>
  )
}

function CustomerView({ row }: { row: CustomerRow }) {
  const t = useTranslations('catalog')
  const times = useTimes()
  return (
    <Facts
      facts={[
        [t('fact.customerKind'), t(`customerKind.${row.kind}`)],
        [t('fact.fullName'), row.fullName],
        [t('fact.inn'), row.inn],
        [t('fact.kpp'), row.kpp],
        [t('fact.email'), row.email],
        [t('fact.phone'), row.phone],
        [t('fact.address'), row.address],
        ...times(row),
      ]}
    />
  )
}
