'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { splitDuration } from '@/components/imports/split-duration'

interface CountdownProps {
  /** When it ends, and what the server's clock says now; as ISO strings. */
  to: string
  now: string
}

/** The time left, ticking every second by the server's clock. */
export function Countdown({ to, now }: CountdownProps) {
  const t = useTranslations()
  const [left, setLeft] = useState(() => Date.parse(to) - Date.parse(now))
  useEffect(() => {
    const end = performance.now() + Date.parse(to) - Date.parse(now)
    const tick = () => setLeft(end - performance.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [to, now])

  if (left <= 0) return t('job.nextNow')
  const { unit, ...parts } = splitDuration(Math.ceil(left / 1000) * 1000)
  return (
    <span role="timer" className="whitespace-nowrap tabular-nums">
      {t('waiting.nextIn', { left: t(`duration.${unit}`, parts) })}
    </span>
  )
}
