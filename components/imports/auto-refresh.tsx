'use client'

import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef, useState, useTransition } from 'react'
import { liveStream } from '@/components/imports/live-stream'
import { type Answer, checkPage } from '@/components/imports/page-check'
import { PageRefresher, POLL_ACTIVE_MS } from '@/components/imports/page-refresher'
import { tellProgress } from '@/components/imports/progress-news'
import { TIME } from '@/components/ui/date-time'
import type { ImportEvent, OtherNews } from '@/lib/events/import-event'

interface AutoRefreshProps {
  /** Whether anything shown can still change by itself. */
  active: boolean
  /** When the server made what is shown, as an ISO string. */
  renderedAt: string
  /** Where to ask whether there is something new, and the version of what is shown; else each refresh brings everything. */
  check?: { url: string; version: string }
  /** The one session that the page shows; not set: it shows many. */
  session?: number
  /** The session waits for others: what they do concerns it. */
  waits?: boolean
  /** What the page shows beside sessions. */
  also?: OtherNews
}

let announced = false

/** Tells whoever looks into the console, once a page load, why there are requests. */
function announce() {
  if (announced) return
  announced = true
  console.info(
    `[Obmen] auto-refresh: live events; without them every ${POLL_ACTIVE_MS / 1000} s while an import is active`,
  )
}

/** Brings new data as soon as something has changed and while the tab is seen; says how fresh they are. */
export function AutoRefresh({ active, renderedAt, check, session, waits = false, also }: AutoRefreshProps) {
  const t = useTranslations('refresh')
  const format = useFormatter()
  const router = useRouter()
  const [isRefreshing, startRefresh] = useTransition()
  const [trouble, setTrouble] = useState<Answer | null>(null)
  const [isLive, setLive] = useState(false)
  const [confirmedAt, setConfirmedAt] = useState(renderedAt)
  const refresher = useRef<PageRefresher | null>(null)
  const shown = useRef({ check, session, waits, also })
  shown.current = { check, session, waits, also }

  useEffect(() => {
    let wasInTrouble = false
    const created = new PageRefresher({
      check(want) {
        const { check } = shown.current
        return checkPage(check?.url ?? '/api/health/ready', want === 'force' ? null : (check?.version ?? null))
      },
      refresh: () => startRefresh(router.refresh),
      onResult({ answer, at }) {
        if (answer === 'signed-out') signInAgain()
        const isUp = answer === 'same' || answer === 'changed'
        if (isUp && wasInTrouble) liveStream.reopen()
        wasInTrouble = !isUp
        setTrouble(isUp ? null : answer)
        if (answer === 'same' && at) setConfirmedAt(at.toISOString())
      },
    })
    refresher.current = created
    const setUp = (isUp: boolean) => {
      created.set({ isLive: isUp })
      setLive(isUp)
    }
    setUp(liveStream.isUp)
    const catchUp = () => created.want('check', true)
    const stopListening = liveStream.listen({
      onChange(event) {
        if (event.kind === 'progress') tellProgress(event.session, event.progress)
        const want = wantAfter(event, shown.current)
        if (want) created.want(want)
      },
      onResync: catchUp,
      onUp(isUp) {
        setUp(isUp)
        if (!isUp && !document.hidden) created.want('check')
      },
    })
    document.addEventListener('visibilitychange', catchUp)
    window.addEventListener('online', catchUp)
    window.addEventListener('offline', catchUp)
    return () => {
      stopListening()
      created.stop()
      refresher.current = null
      document.removeEventListener('visibilitychange', catchUp)
      window.removeEventListener('online', catchUp)
      window.removeEventListener('offline', catchUp)
    }
  }, [router])

  useEffect(() => {
    if (active) announce()
    refresher.current?.set({ isActive: active })
  }, [active])

  useEffect(() => {
    if (!isRefreshing) refresher.current?.settled()
  }, [isRefreshing])

  const isOld = trouble === 'offline' || trouble === 'database'
  const asOf = confirmedAt > renderedAt ? confirmedAt : renderedAt
  const time = format.dateTime(new Date(asOf), TIME)
  return (
    <p
      data-auto-refresh={active ? 'on' : 'off'}
      data-live={isLive ? 'on' : 'off'}
      className={`fixed right-3 bottom-3 z-10 rounded-md border bg-surface px-2.5 py-1 text-xs tabular-nums shadow-sm ${
        isOld ? 'border-orange-ink/40 text-orange-ink' : 'border-line text-muted'
      }`}
    >
      {isOld ? t(trouble, { time }) : t('updated', { time })}
    </p>
  )
}

/** What an event means for what is shown; null: nothing. */
function wantAfter(
  event: ImportEvent,
  { session, waits, also }: { session: number | undefined; waits: boolean; also: OtherNews | undefined },
) {
  if (event.kind === 'progress') return null
  if (event.kind === 'schedules' || event.kind === 'deliveries') return event.kind === also ? 'check' : null
  if (session === undefined) return event.kind === 'problems' || event.kind === 'log' ? null : 'check'
  if (!('session' in event)) return 'check'
  if (event.session === session) return 'force'
  return waits && (event.kind === 'session' || event.kind === 'job') ? 'check' : null
}

function signInAgain(): void {
  const { pathname, search } = window.location
  window.location.assign(`/login?callbackUrl=${encodeURIComponent(pathname + search)}`)
}
