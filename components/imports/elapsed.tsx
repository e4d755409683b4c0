'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { splitDuration } from '@/components/imports/split-duration'

/** A clock that differs by more than this from what was thought has been set, in milliseconds. */
const SET_MS = 5_000

/** How much the server's clock is ahead of this one, in milliseconds: a page that was fast to come tells it best. */
let ahead: number | null = null

/** How long ago `since` was, by the server's clock, second by second. `serverNow`: when the page was made. */
export function Elapsed({ since, serverNow }: { since: number; serverNow: number }) {
  const t = useTranslations('duration')
  const [now, setNow] = useState(serverNow)

  useEffect(() => {
    const told = serverNow - Date.now()
    ahead = ahead === null || Math.abs(told - ahead) > SET_MS ? told : Math.max(ahead, told)
    const tick = () => setNow(Date.now() + (ahead ?? 0))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [serverNow])

  const { unit, ...parts } = splitDuration(Math.floor(Math.max(0, now - since) / 1000) * 1000)
  return (
    <span role="timer" className="whitespace-nowrap tabular-nums">
      {t(unit, parts)}
    </span>
  )
}
