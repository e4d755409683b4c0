import clsx from 'clsx'
import { CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Severity } from '@/prisma/client/enums'

/** How bad a problem is: icon, word and colour. */
export function SeverityLabel({ severity, className }: { severity: Severity; className?: string }) {
  const t = useTranslations('problem')
  const [Icon, ink] = severity === 'error' ? [CircleX, 'text-red-ink'] : [TriangleAlert, 'text-orange-ink']
  return (
    <span className={clsx('inline-flex items-center gap-1.5 font-medium text-xs leading-5', ink, className)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(severity)}
    </span>
  )
}
