import { useSyncExternalStore } from 'react'
import type { ProgressNews } from '@/lib/events/import-event'

// What live events told of the progress of sessions, for their bars to show without a refresh.

const news = new Map<number, ProgressNews>()
const listeners = new Set<() => void>()

/** Tells the bars of the session. */
export function tellProgress(session: number, progress: ProgressNews): void {
  news.set(session, progress)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What was told last of the session's progress; null when nothing was. */
export const useProgressNews = (session: number): ProgressNews | null =>
  useSyncExternalStore(
    subscribe,
    () => news.get(session) ?? null,
    () => null,
  )
