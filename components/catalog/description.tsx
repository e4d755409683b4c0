import { useTranslations } from 'next-intl'
import { Section } from '@/components/imports/section'

/** So much of it is enough to know it by, in characters. */
const LONGEST = 2000

/** What 1C describes a row by, as it is: HTML is shown as text. */
export function Description({ text }: { text: string | null }) {
  const t = useTranslations('catalog.section')
  if (!text) return null
  return (
    <Section id="description" title={t('description')}>
      <p className="line-clamp-6 max-w-4xl whitespace-pre-line [overflow-wrap:anywhere]">{text.slice(0, LONGEST)}</p>
    </Section>
  )
}
