const GIVE_UP_AFTER_MS = 10_000

/** Whether the server can make a page now. */
export async function isServerUp(): Promise<boolean> {
  try {
    const response = await fetch('/api/health/ready', {
      cache: 'no-store',
      signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
    })
    return response.ok
  } catch {
    return false
  }
}
