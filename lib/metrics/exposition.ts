import { collectDefaultMetrics, type Metric, type MetricType, Registry } from 'prom-client'
import { presentState, type Sample, settledTotals } from '@/lib/metrics/queries'

const PREFIX = 'obmen_'

/** What is known of each family; a sample's family is its name without `_bucket`, `_sum`, `_count`. */
const FAMILIES = {
  sessions_total: ['counter', 'Sessions that have settled, by types and outcome'],
  session_duration_seconds: ['histogram', 'From the first claim by a worker to the end'],
  session_queue_wait_seconds: ['histogram', 'From the start by somebody to the first claim by a worker'],
  records_total: ['counter', 'Records of completed steps, by what became of them'],
  problems_total: ['counter', 'Problems with records, by step, severity and code'],
  sessions_active: ['gauge', 'Sessions that are queued, running or waiting for another attempt'],
  jobs: ['gauge', 'Jobs in the queue, by task and state'],
  worker_heartbeat_age_seconds: ['gauge', 'Since each worker that has not stopped was last heard of'],
} as const satisfies Record<string, readonly [`${MetricType}`, string]>

const holder = globalThis as typeof globalThis & { obmenMetrics?: Registry }

/** Metrics of this very process: memory, event loop, garbage collection. */
export function processMetrics(): Registry {
  if (!holder.obmenMetrics) {
    holder.obmenMetrics = new Registry()
    collectDefaultMetrics({ register: holder.obmenMetrics })
  }
  return holder.obmenMetrics
}

/** All that Prometheus may know, as its text format; what is counted comes from the database, so every web process says the same. */
export async function metricsText(): Promise<string> {
  const [samples, own] = await Promise.all([
    Promise.all([settledTotals(), presentState()]).then((parts) => parts.flat()),
    processMetrics().metrics(),
  ])
  const registry = new Registry()
  for (const family of Object.keys(FAMILIES) as (keyof typeof FAMILIES)[]) {
    registry.registerMetric(asMetric(family, samples))
  }
  return `${await registry.metrics()}\n${own}`
}

/** prom-client counts by itself; for numbers that the database has counted already, all it takes is their `get`. */
function asMetric(family: keyof typeof FAMILIES, samples: readonly Sample[]): Metric {
  const name = PREFIX + family
  const [type, help] = FAMILIES[family]
  const values = samples
    .filter((sample) => sample.name.replace(/_(bucket|sum|count)$/, '') === family)
    .map((sample) => ({ metricName: PREFIX + sample.name, labels: sample.labels, value: sample.value }))
    .sort(byBucket)
  return { name, get: async () => ({ name, help, type, values, aggregator: 'sum' }) } as unknown as Metric
}

/** Prometheus wants the buckets of a histogram in rising order. */
const byBucket = (a: { labels: Sample['labels'] }, b: { labels: Sample['labels'] }): number =>
  boundOf(a.labels) - boundOf(b.labels)
const boundOf = ({ le }: Sample['labels']): number =>
  le === undefined ? Number.MAX_VALUE : le === '+Inf' ? Number.MAX_SAFE_INTEGER : Number(le)
