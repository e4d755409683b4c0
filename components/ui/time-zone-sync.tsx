'use client'

import { useTimeZone } from 'next-intl'
import { startTransition, useEffect, useRef } from 'react'
import { setTimeZone } from '@/lib/i18n/actions'

/** Tells the server the browser's time zone when the page came in another one; the page is then rendered again. */
export function TimeZoneSync() {
  const rendered = useTimeZone()
  const told = useRef(false)
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    // Once: a browser that keeps no cookies would otherwise ask forever.
    if (told.current || !zone || zone === rendered) return
    told.current = true
    startTransition(() => setTimeZone(zone).catch(() => undefined))
  }, [rendered])
  return null
}
