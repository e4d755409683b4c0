'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { buttonClass } from '@/components/ui/button'

export interface FailureProps {
  error: unknown
  retry: () => void
}

/** What stands in place of a page that could not be made: calm, with a way on. */
export function Failure({ error, retry }: FailureProps) {
  const t = useTranslations('failure')
  useEffect(() => console.error(error), [error])
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <p>{t('text')}</p>
      {digest ? <p className="text-muted text-xs">{t('code', { digest })}</p> : null}
      <div className="flex flex-wrap gap-2 pt-2">
        <button type="button" onClick={retry} className={buttonClass('primary')}>
          {t('retry')}
        </button>
        <Link href="/admin/imports" className={buttonClass()}>
          {t('back')}
        </Link>
      </div>
    </main>
  )
}
