import { Registry } from 'prom-client'
import { isMetricsRequest } from '@/lib/metrics/access'
import { metricsText } from '@/lib/metrics/exposition'

export const dynamic = 'force-dynamic'

/** For Prometheus, who shows METRICS_TOKEN as a bearer token; for everybody else there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  if (!isMetricsRequest(request.headers.get('authorization'))) return new Response(null, { status: 404 })
  return new Response(await metricsText(), {
    headers: { 'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE, 'Cache-Control': 'no-store' },
  })
}
