import { useFormatter, useTranslations } from 'next-intl'
import type { Attempt } from '@/lib/imports/session'

const WIDTH = 300
const HEIGHT = 40

/** How many records a second were read, over the time of reading. Nothing while there is too little to tell. */
export function RateChart({ samples }: { samples: Attempt['samples'] }) {
  const t = useTranslations('story')
  const format = useFormatter()
  const rates = ratesOf(samples)
  const last = samples.at(-1)
  if (rates.length < 2 || !last) return null
  const most = Math.max(...rates.map(({ rate }) => rate), 1)
  const points = rates.flatMap(({ from, to, rate }) => {
    const y = HEIGHT - (rate / most) * (HEIGHT - 2)
    return [
      `${((from / last[0]) * WIDTH).toFixed(1)},${y.toFixed(1)}`,
      `${((to / last[0]) * WIDTH).toFixed(1)},${y.toFixed(1)}`,
    ]
  })
  const number = (value: number) => format.number(Math.round(value))
  return (
    <figure className="max-w-sm space-y-0.5">
      <svg
        role="img"
        aria-label={t('chart')}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-10 w-full text-blue-ink"
      >
        <polygon points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} fill="currentColor" opacity="0.15" />
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="text-muted text-xs">
        {t('chartText', { mean: number((last[1] / last[0]) * 1000), most: number(most) })}
      </figcaption>
    </figure>
  )
}

/** The rate between each two samples, in records a second. */
function ratesOf(samples: Attempt['samples']): { from: number; to: number; rate: number }[] {
  return samples.slice(1).flatMap(([to, records], i) => {
    const [from, before] = samples[i] ?? [0, 0]
    return to > from ? [{ from, to, rate: ((records - before) / (to - from)) * 1000 }] : []
  })
}
