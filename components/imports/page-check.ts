const GIVE_UP_AFTER_MS = 10_000

/** What the server says of a page that is shown. `offline`: it does not answer; `database`: its database does not. */
export type Answer = 'same' | 'changed' | 'signed-out' | 'database' | 'offline'

export interface CheckResult {
  answer: Answer
  /** When it said so, by its own clock. */
  at: Date | null
}

/**
 * Asks whether the server would show something else now than `version`; without one, whether it can show anything.
 * Cheap: a refresh that finds nothing new moves next to nothing.
 */
export async function checkPage(url: string, version: string | null): Promise<CheckResult> {
  try {
    const headers: HeadersInit = version === null ? {} : { 'If-None-Match': version }
    const response = await fetch(url, { headers, cache: 'no-store', signal: AbortSignal.timeout(GIVE_UP_AFTER_MS) })
    const date = response.headers.get('date')
    return { answer: answerOf(response), at: date ? new Date(date) : null }
  } catch {
    return { answer: 'offline', at: null }
  }
}

function answerOf({ status, ok }: Response): Answer {
  if (status === 204) return 'same'
  if (status === 401) return 'signed-out'
  if (status === 503) return 'database'
  return ok ? 'changed' : 'offline'
}

/** Whether the server can make a page now. */
export const isServerUp = async (): Promise<boolean> =>
  (await checkPage('/api/health/ready', null)).answer === 'changed'
