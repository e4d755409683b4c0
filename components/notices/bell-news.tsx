'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { liveStream } from '@/components/imports/live-stream'

/** Brings the number of unread notices anew when a session may have settled, on pages that do not refresh themselves. */
export function BellNews() {
  const router = useRouter()
  useEffect(() => {
    const refresh = () => {
      if (!document.querySelector('[data-auto-refresh]')) router.refresh()
    }
    return liveStream.listen({
      onChange({ kind }) {
        if (kind === 'session') refresh()
      },
      onResync: refresh,
      onUp() {},
    })
  }, [router])
  return null
}
