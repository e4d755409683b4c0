'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { SessionSummary } from '@/lib/imports/session'
import type { JobState } from '@/lib/imports/status'

type Watched = Pick<SessionSummary, 'id' | 'jobState'>

/** Tells a screen reader, and nobody else, which of the shown sessions came into another state. */
export function StatusAnnouncer({ sessions }: { sessions: Watched[] }) {
  const t = useTranslations()
  const [text, setText] = useState('')
  const before = useRef<Map<number, JobState> | null>(null)

  useEffect(() => {
    const known = before.current
    before.current = new Map(sessions.map(({ id, jobState }) => [id, jobState]))
    // At the first showing the table itself tells everything.
    if (!known) return
    const changes = sessions.flatMap(({ id, jobState }) => {
      const was = known.get(id)
      if (was === undefined || was === jobState) return []
      const names = { before: t(`jobState.${was}`), after: t(`jobState.${jobState}`) }
      return [t('refresh.announce', { id: String(id), ...names })]
    })
    if (changes.length > 0) setText(changes.join('. '))
  }, [sessions, t])

  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  )
}
