import { useTranslations } from 'next-intl'
import { Description } from '@/components/catalog/description'
import { Facts } from '@/components/catalog/facts'
import { Links } from '@/components/catalog/links'
import { Path } from '@/components/catalog/path'
import { Shown, useCountText } from '@/components/catalog/shown'
import { useTimes } from '@/components/catalog/times'
import { Section } from '@/components/imports/section'
import type { GroupRow } from '@/lib/catalog/row'

/** A group: where it lies, and what lies in it. */
export function GroupView({ row }: { row: GroupRow }) {
  const t = useTranslations('catalog')
  const countText = useCountText()
  const times = useTimes()
  const { children, childCount, goods, goodCount } = row
  return (
    <>
      <Facts
        facts={[
          [t('fact.path'), row.path.length > 0 ? <Path key="path" groups={row.path} /> : t('root')],
          [t('fact.children'), countText(childCount)],
          [t('fact.goods'), countText(goodCount)],
          [t('fact.slug'), row.slug],
          [t('fact.classifier'), row.classifierOnecId],
          ...times(row),
        ]}
      />
      <Description text={row.description} />
      {children.length > 0 ? (
        <Section id="children" title={t('section.children')}>
          <Links step="groups" rows={children} />
          <Shown shown={children.length} more={childCount.value > children.length} />
        </Section>
      ) : null}
      {goods.length > 0 ? (
        <Section id="goods" title={t('section.goods')}>
          <Links step="goods" rows={goods} />
          <Shown shown={goods.length} more={goodCount.value > goods.length} />
        </Section>
      ) : null}
    </>
  )
}
