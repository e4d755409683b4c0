import type { Logger } from 'pino'
import { type Claim, ClaimLostError, holdsClaim } from '@/lib/imports/lifecycle'

/** How often is looked whether the claim still holds, in milliseconds. */
const EVERY_MS = 1000

/**
 * Aborts the attempt soon after it has lost its claim, whatever it is doing: preparing thousands of pictures or waiting
 * for a lock it writes nothing that would tell. Returns what stops the watch.
 */
export function watchClaim(claim: Claim, abort: AbortController, log: Logger): () => void {
  let isLooking = false
  const look = async () => {
    // One at a time: a database that does not answer must not be asked by ever more.
    if (isLooking || abort.signal.aborted) return
    isLooking = true
    try {
      if (!(await holdsClaim(claim))) abort.abort(new ClaimLostError())
    } catch (error) {
      log.warn({ err: error }, 'whether the claim holds could not be seen')
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(look, EVERY_MS)
  return () => clearInterval(timer)
}
