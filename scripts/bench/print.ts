import os from 'node:os'
import type { BenchResults } from '@/scripts/bench/run'

/** The results as a person reads them; seconds and ratios. */
export function printResults({ goods, parts, delta, readingVsSaxes, rssMb }: BenchResults): void {
  const [cpu] = os.cpus()
  console.log(`\n${goods} goods; ${os.cpus().length} × ${cpu?.model}; Node ${process.version}`)
  console.table(
    Object.fromEntries(
      parts.map(({ name, megabytes, records, reading, copy, first, unchanged, ratios }) => [
        name,
        {
          MB: Math.round(megabytes),
          records,
          'reading, s': round(reading),
          'reading, MB/s': Math.round(megabytes / reading),
          'COPY, s': round(copy),
          'first, s': round(first),
          'first, rows/s': Math.round(records / first),
          'first, ratio': round(ratios.first),
          'unchanged, s': round(unchanged),
          'unchanged, ratio': round(ratios.unchanged),
        },
      ]),
    ),
  )
  console.log(`A delta of 1 %: ${(delta * 100).toFixed(1)} % of the full import's time`)
  console.log(`Reading (bytes → records): ${readingVsSaxes.toFixed(2)} × the speed of saxes, which makes no records`)
  console.log(`Peak memory of the worker: ${rssMb} MB`)
}

const round = (value: number): number => Math.round(value * 100) / 100
