import { useTranslations } from 'next-intl'
import type { Reference } from '@/lib/catalog/row'
import type { StepKind } from '@/prisma/client/enums'

/** What another row is called, or else 1C's id; one that is only mentioned is said to be not there yet. */
export function RowName({ step, row }: { step: StepKind | 'brands'; row: Reference }) {
  const t = useTranslations('catalog')
  return (
    <>
      {row.name ?? <span className="font-mono text-xs">{row.onecId}</span>}
      {row.isMissing ? <span className="text-muted"> ({t('missing', { step })})</span> : null}
    </>
  )
}
