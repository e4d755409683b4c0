import { eventHub } from '@/lib/events/hub'

/**
 * How long a read is good for while nothing is heard to have changed, in milliseconds: what imports show changes by time
 * alone too, users only when somebody changes them.
 */
const FRESH_FOR_MS = { imports: 5_000, users: 60_000 }
const ENTRIES = 2000

interface Entry {
  version: number
  readAt: number
  value: Promise<unknown>
}

const holder = globalThis as typeof globalThis & { obmenSharedReads?: Map<string, Entry> }

/**
 * What `load` reads, read once for everybody who asks by the same name until something of that kind is heard to have
 * changed (`of`): after an event five hundred windows ask for the same page. While the process is not listening, everybody
 * reads for themselves.
 */
export function sharedRead<T>(
  name: string,
  load: () => Promise<T>,
  of: keyof typeof FRESH_FOR_MS = 'imports',
): Promise<T> {
  const hub = eventHub()
  if (!hub.isLive) return load()
  holder.obmenSharedReads ??= new Map()
  const reads = holder.obmenSharedReads
  const key = `${of} ${name}`
  const version = hub.versions[of]
  const found = reads.get(key)
  if (found && found.version === version && Date.now() - found.readAt < FRESH_FOR_MS[of])
    return found.value as Promise<T>
  const value = load()
  reads.delete(key)
  reads.set(key, { version, readAt: Date.now(), value })
  if (reads.size > ENTRIES) reads.delete(reads.keys().next().value ?? key)
  value.catch(() => {
    if (reads.get(key)?.value === value) reads.delete(key)
  })
  return value
}

/** To be called after a command of this process has committed: the next page shows it, heard of or not. */
export function forgetSharedReads(): void {
  eventHub().forget()
}
