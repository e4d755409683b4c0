import { useTranslations } from 'next-intl'
import { Facts } from '@/components/catalog/facts'
import { Pictures } from '@/components/catalog/pictures'
import { PriceTable } from '@/components/catalog/price-table'
import { RowLink } from '@/components/catalog/row-link'
import { Shown } from '@/components/catalog/shown'
import { StockTable } from '@/components/catalog/stock-table'
import { useTimes } from '@/components/catalog/times'
import { Section } from '@/components/imports/section'
import type { OfferRow, PricesRow, StockRow } from '@/lib/catalog/row'

/** An offer, that is a variant of a good, with what it costs and where it lies. */
export function OfferView({ row }: { row: OfferRow }) {
  const t = useTranslations('catalog')
  const times = useTimes()
  const { characteristics } = row
  return (
    <>
      <Facts
        facts={[
          [t('fact.product'), <RowLink key="product" step="goods" row={row.product} />],
          [t('fact.origin'), row.isDefault ? t('isDefault') : null],
          [t('fact.article'), row.article],
          [t('fact.barcode'), row.barcode],
          [t('fact.color'), row.color],
          [t('fact.size'), row.size],
          [t('fact.catalog'), row.catalogOnecId],
          ...times(row),
        ]}
      />
      {characteristics.items.length > 0 ? (
        <Section id="characteristics" title={t('section.characteristics')}>
          <Facts facts={characteristics.items.map(({ name, value }) => [name, value])} />
          <Shown shown={characteristics.items.length} more={characteristics.more} />
        </Section>
      ) : null}
      <Section id="prices" title={t('section.prices')}>
        <PriceTable prices={row.prices} />
      </Section>
      <Section id="stock" title={t('section.stock')}>
        <StockTable stock={row.stock} />
      </Section>
      <Section id="pictures" title={t('section.pictures')}>
        <Pictures pictures={row.pictures} />
      </Section>
    </>
  )
}

/** The prices of an offer, or its stock: it may be not there yet itself. */
export function LinesView({ row }: { row: PricesRow | StockRow }) {
  const t = useTranslations('catalog')
  return (
    <>
      <Facts facts={[[t('fact.offer'), <RowLink key="offer" step="offers" row={row.offer} />]]} />
      <Section id="lines" title={t(`section.${row.step}`)}>
        {row.step === 'prices' ? <PriceTable prices={row.prices} /> : <StockTable stock={row.stock} />}
      </Section>
    </>
  )
}
