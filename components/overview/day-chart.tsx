import { scaleBand, scaleLinear } from 'd3-scale'
import { useFormatter, useTranslations } from 'next-intl'
import { TableFrame } from '@/components/imports/section'

export interface Series {
  key: string
  title: string
  /** Classes of a bar's part and of its mark in the legend. */
  fill: string
  mark: string
}

export interface ChartDay {
  /** As `2026-11-22`. */
  day: string
  /** The height of each series' part, from the bottom up. */
  parts: number[]
  /** What a table says in its cells, a series each. */
  cells: string[]
}

interface DayChartProps {
  title: string
  series: readonly Series[]
  days: readonly ChartDay[]
  /** A value of the vertical axis in words. */
  format: (value: number) => string
  /** Whether only whole values make sense on the axis. */
  whole?: boolean
}

// Units of the drawing: it is stretched to the width there is; all words stand outside, in HTML, and are not.
const WIDTH = 600
const HEIGHT = 140

/** Stacked bars, one a day, drawn on the server; the same as a table for those who want numbers or see no bars. */
export function DayChart({ title, series, days, format, whole = false }: DayChartProps) {
  const t = useTranslations('overview')
  const formatter = useFormatter()
  const date = (day: string, month: 'short' | 'long' = 'short') =>
    formatter.dateTime(new Date(`${day}T12:00:00Z`), { day: 'numeric', month, timeZone: 'UTC' })
  const sumOf = ({ parts }: ChartDay) => parts.reduce((sum, part) => sum + part, 0)
  const highest = Math.max(...days.map(sumOf), whole ? 4 : 0) || 1
  const y = scaleLinear().domain([0, highest]).range([HEIGHT, 0]).nice(4)
  const x = scaleBand<string>()
    .domain(days.map(({ day }) => day))
    .range([0, WIDTH])
    .padding(0.25)
  const ticks = y.ticks(4).filter((tick) => !whole || Number.isInteger(tick))
  const [first, middle, last] = [days[0], days[Math.floor(days.length / 2)], days.at(-1)]
  return (
    <figure className="space-y-2 rounded-lg border border-line bg-surface px-4 py-3.5">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        {series.map(({ key, title: name, mark }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-xs ${mark}`} />
            {name}
          </span>
        ))}
      </figcaption>
      <div className="grid grid-cols-[auto_1fr] gap-x-2 text-muted text-xs tabular-nums">
        <div aria-hidden className="relative h-36">
          {/* The widest of them gives the column its width; the others lie on their lines. */}
          <span className="invisible">{ticks.map(format).toSorted((a, b) => b.length - a.length)[0]}</span>
          {ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2"
              style={{ top: `${(y(tick) / HEIGHT) * 100}%` }}
            >
              {format(tick)}
            </span>
          ))}
        </div>
        <svg
          role="img"
          aria-label={title}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 w-full overflow-visible"
        >
          {ticks.map((tick) => (
            <line
              key={tick}
              x1={0}
              x2={WIDTH}
              y1={y(tick)}
              y2={y(tick)}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {days.map((entry) => (
            <Bar key={entry.day} entry={entry} series={series} x={x} y={y} title={date(entry.day, 'long')} />
          ))}
        </svg>
        <span />
        <p aria-hidden className="flex justify-between pt-1">
          {[first, middle, last].map((entry) => entry && <span key={entry.day}>{date(entry.day)}</span>)}
        </p>
      </div>
      <details>
        <summary className="text-muted text-xs hover:text-ink">{t('asTable')}</summary>
        <div className="mt-2 max-h-80 overflow-y-auto">
          <TableFrame label={title}>
            <table className="w-full text-right text-xs tabular-nums">
              <caption className="sr-only">{title}</caption>
              <thead className="border-line border-b bg-raised text-muted">
                <tr>
                  <th scope="col" className="px-2.5 py-1.5 text-left font-medium">
                    {t('day')}
                  </th>
                  {series.map(({ key, title: name }) => (
                    <th key={key} scope="col" className="px-2.5 py-1.5 font-medium">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {days.toReversed().map(({ day, cells }) => (
                  <tr key={day} className="border-line border-b last:border-b-0">
                    <th scope="row" className="px-2.5 py-1 text-left font-normal">
                      {date(day, 'long')}
                    </th>
                    {cells.map((cell, index) => (
                      <td key={series[index]?.key} className="px-2.5 py-1">
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </div>
      </details>
    </figure>
  )
}

interface BarProps {
  entry: ChartDay
  series: readonly Series[]
  x: (day: string) => number | undefined
  y: (value: number) => number
  title: string
}

function Bar({ entry, series, x, y, title }: BarProps & { x: { bandwidth(): number } }) {
  const left = x(entry.day) ?? 0
  const said = series.map(({ title: name }, index) => `${name}: ${entry.cells[index]}`)
  return (
    <g>
      {/* The whole height of the day answers to the pointer, also where the bar is low. */}
      <rect x={left} y={0} width={x.bandwidth()} height={HEIGHT} className="fill-transparent">
        <title>{[title, ...said].join('\n')}</title>
      </rect>
      {series.map(({ key, fill }, index) => {
        const below = entry.parts.slice(0, index).reduce((sum, part) => sum + part, 0)
        const [bottom, top] = [y(below), y(below + (entry.parts[index] ?? 0))]
        return bottom > top ? (
          <rect
            key={key}
            x={left}
            y={top}
            width={x.bandwidth()}
            height={bottom - top}
            className={`pointer-events-none ${fill}`}
          />
        ) : null
      })}
    </g>
  )
}
