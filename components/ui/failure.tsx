'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { isServerUp } from '@/components/imports/page-check'
import { buttonClass } from '@/components/ui/button'

export interface FailureProps {
  error: unknown
  retry: () => void
}

/** Waits before it is tried again by itself, in milliseconds: soon at first, then ever more seldom. */
const WAITS_MS = [3_000, 5_000, 5_000, 10_000, 20_000, 40_000, 60_000]
/** So long after the last try, it is another failure. */
const FORGET_AFTER_MS = 120_000

// A page that fails again mounts this anew: how often it was tried must outlive that.
let tries = 0
let triedAt = 0

/** What stands in place of a page that could not be made: calm, with a way on, and gone as soon as it can be made. */
export function Failure({ error, retry }: FailureProps) {
  const t = useTranslations('failure')
  useEffect(() => console.error(error), [error])
  const onUp = useEffectEvent(retry)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isStopped = false
    const schedule = () => {
      clearTimeout(timer)
      if (Date.now() - triedAt > FORGET_AFTER_MS) tries = 0
      if (!document.hidden && !isStopped) timer = setTimeout(ask, WAITS_MS[tries] ?? WAITS_MS.at(-1))
    }
    const ask = async () => {
      tries++
      triedAt = Date.now()
      const isUp = await isServerUp()
      if (isStopped) return
      if (isUp) onUp()
      schedule()
    }
    schedule()
    document.addEventListener('visibilitychange', schedule)
    return () => {
      isStopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', schedule)
    }
  }, [])

  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <p>{t('text')}</p>
      <p>{t('again')}</p>
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
