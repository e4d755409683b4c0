import { useFormatter, useTranslations } from 'next-intl'
import { Description } from '@/components/catalog/description'
import { Facts } from '@/components/catalog/facts'
import { Links } from '@/components/catalog/links'
import { Path } from '@/components/catalog/path'
import { Pictures } from '@/components/catalog/pictures'
import { RowLink } from '@/components/catalog/row-link'
import { RowName } from '@/components/catalog/row-name'
import { Shown } from '@/components/catalog/shown'
import { useTimes } from '@/components/catalog/times'
import { VariantTable } from '@/components/catalog/variant-table'
import { Section } from '@/components/imports/section'
import type { GoodProperty, GoodRow } from '@/lib/catalog/row'

/** A good with all that hangs on it. */
export function GoodView({ row }: { row: GoodRow }) {
  const t = useTranslations('catalog')
  const format = useFormatter()
  const times = useTimes()
  const { groups, properties, requisites } = row
  const vat = row.vatRate === null ? t('noVat') : t('vat', { rate: format.number(row.vatRate) })
  return (
    <>
      <Facts
        facts={[
          [t('fact.path'), row.path.length > 0 ? <Path key="path" groups={row.path} /> : null],
          [t('fact.article'), row.article],
          [t('fact.brand'), row.brand && <RowName key="brand" step="brands" row={row.brand} />],
          [t('fact.barcode'), row.barcode],
          [t('fact.unit'), row.unit],
          [t('fact.vat'), vat],
          [t('fact.country'), row.country],
          [t('fact.manufacturer'), row.manufacturer],
          [t('fact.catalog'), row.catalogOnecId],
          ...times(row),
        ]}
      />
      <Description text={row.description} />
      <Section id="pictures" title={t('section.pictures')}>
        <Pictures pictures={row.pictures} />
      </Section>
      <Section id="variants" title={t('section.variants')}>
        <VariantTable variants={row.variants} />
      </Section>
      {properties.items.length > 0 ? (
        <Section id="properties" title={t('section.properties')}>
          <Facts
            facts={properties.items.map((value) => [
              <RowLink key="property" step="properties" row={value.property} />,
              <PropertyValue key="value" value={value} />,
            ])}
          />
          <Shown shown={properties.items.length} more={properties.more} />
        </Section>
      ) : null}
      {requisites.items.length > 0 ? (
        <Section id="requisites" title={t('section.requisites')}>
          <Facts facts={requisites.items.map(({ name, value }) => [name, value])} />
          <Shown shown={requisites.items.length} more={requisites.more} />
        </Section>
      ) : null}
      {groups.items.length > 1 || groups.items.some(({ isMissing }) => isMissing) ? (
        <Section id="groups" title={t('section.groups')}>
          <Links step="groups" rows={groups.items} />
          <Shown shown={groups.items.length} more={groups.more} />
        </Section>
      ) : null}
    </>
  )
}

function PropertyValue({ value: { value, isUnknownValue } }: { value: GoodProperty }) {
  const t = useTranslations('catalog')
  if (!isUnknownValue) return value
  return (
    <>
      <span className="font-mono text-xs">{value}</span> <span className="text-muted">({t('unknownValue')})</span>
    </>
  )
}
