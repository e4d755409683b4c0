import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/**
 * Once the process is asked to stop, every connection ends with its next answer: Next.js takes no new ones and waits for
 * those there are, and a page that goes on asking would keep its own, and with it the process.
 */
export function endConnectionsWhenStopping(): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      isStopping = true
    })
  }
  subscribe('http.server.request.start', (message) => {
    if (isStopping) (message as { response: ServerResponse }).response.shouldKeepAlive = false
  })
}
