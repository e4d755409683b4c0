import { scaleLinear } from 'd3-scale'
import { useFormatter, useTranslations } from 'next-intl'
import { rateOf } from '@/components/imports/rate'
import type { Attempt, StepReport } from '@/lib/imports/session'

// Units of the drawing, which is stretched to the width there is.
const WIDTH = 300
const HEIGHT = 40

interface RateChartProps {
  attempt: Pick<Attempt, 'startedAt' | 'samples'>
  /** Those that began in the attempt. */
  steps: StepReport[]
}

/** So many records a second, from one moment to another, in milliseconds since the attempt began. */
interface Span {
  from: number
  to: number
  rate: number
}

/**
 * How many records a second an attempt did: read, as it went, and then applied, step by step. A step is a few statements
 * over all its records and shows its mean, so that what is filled is the records. Nothing while there is too little to tell.
 */
export function RateChart({ attempt, steps }: RateChartProps) {
  const t = useTranslations('story')
  const format = useFormatter()
  const reading = readingOf(attempt.samples)
  const applied = appliedOf(attempt.startedAt, steps)
  const all = [...reading, ...applied]
  if (all.length < 2) return null
  const x = scaleLinear([0, Math.max(...all.map(({ to }) => to))], [0, WIDTH])
  const y = scaleLinear([0, Math.max(...all.map(({ rate }) => rate), 1)], [HEIGHT, 1])
  // A line through corners, closed along the bottom.
  const corners = (spans: Span[]) =>
    spans.map(({ from, to, rate }) => `${at(x(from))},${at(y(rate))} ${at(x(to))},${at(y(rate))}`).join(' ')
  const area = (spans: Span[]) =>
    `${at(x(spans[0]?.from ?? 0))},${HEIGHT} ${corners(spans)} ${at(x(spans.at(-1)?.to ?? 0))},${HEIGHT}`
  const most = (spans: Span[]) => format.number(Math.round(Math.max(...spans.map(({ rate }) => rate))))
  return (
    <figure className="space-y-0.5 pt-1">
      <svg
        role="img"
        aria-label={t('chart')}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-10 w-full max-w-md"
      >
        <polygon points={area(reading)} className="text-blue-ink" fill="currentColor" opacity="0.35" />
        {applied.map((span) => (
          <polygon
            key={span.from}
            points={area([span])}
            className="text-green-ink"
            fill="currentColor"
            opacity="0.35"
          />
        ))}
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 text-muted text-xs">
        <span>{t('chartText')}</span>
        {reading.length > 0 ? <Mark look="bg-blue-ink">{t('chartReading', { most: most(reading) })}</Mark> : null}
        {applied.length > 0 ? <Mark look="bg-green-ink">{t('chartSteps', { most: most(applied) })}</Mark> : null}
      </figcaption>
    </figure>
  )
}

const Mark = ({ look, children }: { look: string; children: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden className={`size-2.5 rounded-xs opacity-35 ${look}`} />
    {children}
  </span>
)

const at = (value: number) => value.toFixed(1)

/** Between each two samples. */
const readingOf = (samples: Attempt['samples']): Span[] =>
  samples.slice(1).flatMap(([to, records], i) => {
    const [from, before] = samples[i] ?? [0, 0]
    return to > from ? [{ from, to, rate: ((records - before) / (to - from)) * 1000 }] : []
  })

function appliedOf(attemptStartedAt: Date, steps: readonly StepReport[]): Span[] {
  return steps.flatMap(({ status, processed, startedAt, finishedAt }) => {
    if (status !== 'COMPLETED' || !startedAt || !finishedAt) return []
    const rate = rateOf(processed, finishedAt.getTime() - startedAt.getTime())
    const since = (moment: Date) => moment.getTime() - attemptStartedAt.getTime()
    return rate === null ? [] : [{ from: since(startedAt), to: since(finishedAt), rate }]
  })
}
