import { setTimeout } from 'node:timers/promises'
import { ClaimLostError } from '@/lib/imports/lifecycle'
import type { Sentence } from '@/lib/imports/sentence'

/** A restart of the database takes seconds; what an attempt has to say of its end waits for it this long, in milliseconds. */
const PATIENCE_MS = 45_000

/** What PostgreSQL, the network and Prisma say when there is no connection (any more). */
const LOST =
  /^(?:08...|57P0[123]|P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
const LOST_MESSAGE = /connection terminated|connection error|not queryable|timeout exceeded when trying to connect/i

/** Whether an error means that the database could not be reached, rather than that it refused something. */
export function isDatabaseLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return LOST.test(String(code)) || LOST_MESSAGE.test(error.message) || isDatabaseLoss(cause)
}

/** Why PostgreSQL refused something for want of room, for the operator; null when that is not the reason. */
export function wantOf(error: unknown): Sentence | null {
  const { code } = error as { code?: unknown }
  if (code === '53100') return { key: 'database.disk' }
  if (code === '53200') return { key: 'database.memory' }
  if (code === '53300') return { key: 'database.connections' }
  return null
}

/** Writes that an attempt begins or how it ended, as soon as the database is there; not when the worker has to stop. */
export async function writeWhenBack<T>(write: () => Promise<T>, stop?: AbortSignal): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (error instanceof ClaimLostError || stop?.aborted || performance.now() > deadline) throw error
    }
    await setTimeout(500)
  }
}
