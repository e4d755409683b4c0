'use client'

import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCameFrom } from '@/components/catalog/came-from'

/** Back to the session that the row was named in, or else to all of them. */
export function BackLink() {
  const t = useTranslations('detail')
  const from = useCameFrom()
  return (
    <Link
      href={from === null ? '/admin/imports' : `/admin/imports/${from}`}
      prefetch={false}
      className="inline-flex items-center gap-1 text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {from === null ? t('back') : t('title', { id: `${from}` })}
    </Link>
  )
}
