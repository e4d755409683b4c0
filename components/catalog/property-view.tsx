import { useTranslations } from 'next-intl'
import { Facts } from '@/components/catalog/facts'
import { Links } from '@/components/catalog/links'
import { Shown, useCountText } from '@/components/catalog/shown'
import { CELL, ROW, Table } from '@/components/catalog/table'
import { useTimes } from '@/components/catalog/times'
import { Section } from '@/components/imports/section'
import type { PropertyRow } from '@/lib/catalog/row'

/** A property of 1C, the attribute it was merged into by its name, and the values of its list. */
export function PropertyView({ row }: { row: PropertyRow }) {
  const t = useTranslations('catalog')
  const countText = useCountText()
  const times = useTimes()
  const { attribute, others, values, valueCount } = row
  const shop = attribute.isActive ? 'shown' : attribute.deactivatedByImport ? 'off' : 'notShown'
  return (
    <>
      <Facts
        facts={[
          [t('fact.type'), t(`type.${row.type}`)],
          [t('fact.inOneC'), t(row.isDeleted ? 'markedDeleted' : 'notDeleted')],
          [t('fact.values'), countText(valueCount)],
          [t('fact.attribute'), attribute.name],
          [t('fact.attributeType'), t(`type.${attribute.type}`)],
          [t('fact.shop'), t(`shop.${shop}`)],
          ...times({ createdAt: attribute.createdAt, updatedAt: row.updatedAt }),
        ]}
      />
      {others.length > 0 ? (
        <Section id="others" title={t('section.others')}>
          <Links step="properties" rows={others} />
        </Section>
      ) : null}
      {values.length > 0 ? (
        <Section id="values" title={t('section.values')}>
          <Table label={t('section.values')} columns={[t('fact.value'), t('fact.merged'), t('fact.id')]}>
            {values.map(({ onecId, value, attributeValue }) => (
              <tr key={onecId} className={ROW}>
                <td className={CELL}>{value}</td>
                <td className={CELL}>{attributeValue.value}</td>
                <td className={`${CELL} min-w-44 font-mono text-xs [overflow-wrap:anywhere]`}>{onecId}</td>
              </tr>
            ))}
          </Table>
          <Shown shown={values.length} more={valueCount.value > values.length} />
        </Section>
      ) : null}
    </>
  )
}
