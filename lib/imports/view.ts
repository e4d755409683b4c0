import { createHash } from 'node:crypto'
import { sharedRead } from '@/lib/events/shared-read'
import { getSession, isAnyWorkerAlive, listSessions, listStarters } from '@/lib/imports/queries'
import type { SessionDetails, SessionList, SessionListFilter } from '@/lib/imports/session'

// What the pages that refresh themselves show. Each view is read once for everybody who looks at the same
// (lib/events/shared-read.ts), and has a version that says whether it is still what a browser shows.

export interface ListView {
  list: SessionList
  /** Whose sessions it can be narrowed to. */
  starters: Awaited<ReturnType<typeof listStarters>>
  workerAlive: boolean
  /** The session that the address says was just started. */
  started: SessionDetails | null
  version: string
}

/** What the list shows under a filter, whose days are those of the time zone. */
export const listView = (filter: SessionListFilter, timeZone: string, started?: number): Promise<ListView> =>
  sharedRead(`list ${JSON.stringify([filter, timeZone, started])}`, async () => {
    const [list, starters, workerAlive, startedSession] = await Promise.all([
      listSessions(filter, timeZone),
      listStarters(),
      isAnyWorkerAlive(),
      started === undefined ? null : getSession(started),
    ])
    return versioned({ list, starters, workerAlive, started: startedSession })
  })

export interface SessionView {
  /** Null: there is no such session. */
  session: SessionDetails | null
  workerAlive: boolean
  version: string
}

/** What the page of a session shows. */
export const sessionView = (id: number): Promise<SessionView> =>
  sharedRead(`session ${id}`, async () => {
    const [session, workerAlive] = await Promise.all([getSession(id), isAnyWorkerAlive()])
    return versioned({ session, workerAlive })
  })

/** A view with the version of what it says. */
export function versioned<View extends object>(view: View): View & { version: string } {
  const json = JSON.stringify(view, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  return { ...view, version: createHash('sha256').update(json).digest('base64url').slice(0, 16) }
}
