import { createServer, type Server } from 'node:http'
import { env } from '@/lib/env'
import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { log } from '@/lib/log'
import { isMetricsRequest } from '@/lib/metrics/access'
import { processMetrics } from '@/lib/metrics/exposition'
import type { Heartbeat } from './heartbeat'

/**
 * Answers GET /health (200 while the heartbeat reaches the database, else 503) and /metrics (of this process, for the
 * bearer of METRICS_TOKEN) on WORKER_PORT; null when that is not set. `current`: the pool at work, once there is one.
 */
export function serveHealth(current: () => Heartbeat | undefined): Server | null {
  const { WORKER_PORT } = env()
  if (!WORKER_PORT) return null
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/health') {
      const heartbeat = current()
      const age = heartbeat?.ageMs() ?? Number.POSITIVE_INFINITY
      response.writeHead(age < WORKER_DEAD_AFTER_MS ? 200 : 503, { 'Content-Type': 'application/json' })
      response.end(
        JSON.stringify({
          worker: heartbeat?.id ?? null,
          heartbeatAgeSeconds: heartbeat ? Math.round(age / 1000) : null,
        }),
      )
    } else if (path === '/metrics' && isMetricsRequest(request.headers.authorization)) {
      response.writeHead(200, { 'Content-Type': processMetrics().contentType })
      response.end(await processMetrics().metrics())
    } else {
      response.writeHead(404).end()
    }
  })
  server.on('error', (err) => log.error({ err, port: WORKER_PORT }, 'no health endpoint'))
  server.listen(WORKER_PORT)
  return server
}
