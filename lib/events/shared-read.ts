import { eventHub } from '@/lib/events/hub'

/** What changes by time alone, unheard, is read again after this, in milliseconds. */
const FRESH_FOR_MS = 5000
const ENTRIES = 200

interface Entry {
  version: number
  readAt: number
  value: Promise<unknown>
}

const holder = globalThis as typeof globalThis & { obmenSharedReads?: Map<string, Entry> }

/**
 * What `load` reads, read once for everybody who asks by the same key until something is heard to have changed: after an
 * event five hundred windows ask for the same page. While the process is not listening, everybody reads for themselves.
 */
export function sharedRead<T>(key: string, load: () => Promise<T>): Promise<T> {
  const hub = eventHub()
  if (!hub.isLive) return load()
  holder.obmenSharedReads ??= new Map()
  const reads = holder.obmenSharedReads
  const found = reads.get(key)
  if (found && found.version === hub.version && Date.now() - found.readAt < FRESH_FOR_MS)
    return found.value as Promise<T>
  const value = load()
  reads.delete(key)
  reads.set(key, { version: hub.version, readAt: Date.now(), value })
  if (reads.size > ENTRIES) reads.delete(reads.keys().next().value ?? key)
  value.catch(() => {
    if (reads.get(key)?.value === value) reads.delete(key)
  })
  return value
}

/** To be called after a command of this process has committed: the next page shows it, heard of or not. */
export function forgetSharedReads(): void {
  eventHub().version++
}
