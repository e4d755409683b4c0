'use client'

import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { startTransition, useEffect, useState } from 'react'
import { isServerUp } from '@/components/imports/server-probe'
import { TIME } from '@/components/ui/date-time'

interface AutoRefreshProps {
  /** Whether anything shown can still change. */
  active: boolean
  /** When the server made what is shown, as an ISO string. */
  renderedAt: string
}

const REFRESH_EVERY_MS = 5_000
/** Waits after one, two, three … failures in a row. */
const BACK_OFF_MS = [5_000, 10_000, 20_000, 40_000, 60_000]

let announced = false

/** Tells whoever looks into the console, once a page load, why there are requests. */
function announce() {
  if (announced) return
  announced = true
  console.info(`[Obmen] auto-refresh: every ${REFRESH_EVERY_MS / 1000} s while an import is active`)
}

/** Brings new data every five seconds while something is active and the tab is seen; says how fresh they are. */
export function AutoRefresh({ active, renderedAt }: AutoRefreshProps) {
  const t = useTranslations('refresh')
  const format = useFormatter()
  const { refresh } = useRouter()
  const [offline, setOffline] = useState(false)

  useEffect(() => {
    if (!active) return
    announce()
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let stopped = false
    let asking = false

    const schedule = (delay: number) => {
      clearTimeout(timer)
      if (!stopped && !document.hidden) timer = setTimeout(tick, delay)
    }
    const tick = async () => {
      if (asking) return
      asking = true
      // refresh() at a dead server makes Next.js load the page anew, and the operator would lose what is shown.
      const up = await isServerUp()
      asking = false
      if (stopped) return
      failures = up ? 0 : failures + 1
      setOffline(!up)
      if (up && !document.hidden) startTransition(refresh)
      schedule(up ? REFRESH_EVERY_MS : (BACK_OFF_MS[failures - 1] ?? BACK_OFF_MS.at(-1) ?? REFRESH_EVERY_MS))
    }
    const onVisibility = () => {
      clearTimeout(timer)
      if (!document.hidden) void tick()
    }

    schedule(REFRESH_EVERY_MS)
    document.addEventListener('visibilitychange', onVisibility)
    window.addEventListener('online', onVisibility)
    return () => {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
      window.removeEventListener('online', onVisibility)
      setOffline(false)
    }
  }, [active, refresh])

  const time = format.dateTime(new Date(renderedAt), TIME)
  return (
    <p
      data-auto-refresh={active ? 'on' : 'off'}
      className={`fixed right-3 bottom-3 z-10 rounded-md border bg-surface px-2.5 py-1 text-xs tabular-nums shadow-sm ${
        offline ? 'border-orange-ink/40 text-orange-ink' : 'border-line text-muted'
      }`}
    >
      {offline ? t('offline', { time }) : t('updated', { time })}
    </p>
  )
}
