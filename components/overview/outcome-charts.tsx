import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Section } from '@/components/imports/section'
import { splitDuration } from '@/components/imports/split-duration'
import { DayChart, type Series } from '@/components/overview/day-chart'
import { Empty } from '@/components/ui/empty'
import type { DayOutcomes, Outcomes } from '@/lib/overview/queries'

interface OutcomeChartsProps {
  days: readonly DayOutcomes[]
  total: Outcomes
}

const OUTCOMES = [
  ['completed', 'COMPLETED', 'fill-green-ink', 'bg-green-ink'],
  ['withErrors', 'COMPLETED_WITH_ERRORS', 'fill-orange-ink', 'bg-orange-ink'],
  ['failed', 'FAILED', 'fill-red-ink', 'bg-red-ink'],
  ['cancelled', 'CANCELLED', 'fill-control', 'bg-control'],
] as const

/** How many of the last days' imports ended how, and how long they took. */
export function OutcomeCharts({ days, total }: OutcomeChartsProps) {
  const t = useTranslations()
  const format = useFormatter()
  const duration = useDuration()
  const { completed, withErrors, failed, cancelled, median, longest } = total
  // A cancelled import neither succeeded nor failed.
  const [good, ended] = [completed + withErrors, completed + withErrors + failed]
  if (ended + cancelled === 0) {
    return (
      <Section id="outcomes" title={t('overview.outcomes')}>
        <Empty title={t('overview.noOutcomes')} hint={t('overview.noOutcomesHint')} />
      </Section>
    )
  }
  const outcomes: Series[] = OUTCOMES.map(([key, status, fill, mark]) => ({
    key,
    title: t(`status.${status}`),
    fill,
    mark,
  }))
  const times: Series[] = [
    { key: 'median', title: t('overview.median'), fill: 'fill-accent', mark: 'bg-accent' },
    { key: 'longest', title: t('overview.longest'), fill: 'fill-accent/35', mark: 'bg-accent/35' },
  ]
  const unit = (longest ?? 0) > 3 * 3600 ? 'hour' : (longest ?? 0) > 180 ? 'minute' : 'second'
  const seconds = { hour: 3600, minute: 60, second: 1 }[unit]
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Section id="outcomes" title={t('overview.outcomes')} aside={<Aside>{t('overview.days')}</Aside>}>
        <p>
          {ended === 0
            ? t('overview.noneEnded')
            : t.rich('overview.successRate', {
                // Rounded down: 100 % shall mean all of them.
                rate: format.number(Math.floor((good / ended) * 1000) / 1000, {
                  style: 'percent',
                  maximumFractionDigits: 1,
                }),
                good,
                ended,
                strong,
              })}
        </p>
        <DayChart
          title={t('overview.outcomesChart')}
          series={outcomes}
          days={days.map((entry) => {
            const parts = OUTCOMES.map(([key]) => entry[key])
            return { day: entry.day, parts, cells: parts.map((part) => format.number(part)) }
          })}
          format={(value) => format.number(value)}
          whole
        />
      </Section>
      <Section id="durations" title={t('overview.durations')} aside={<Aside>{t('overview.days')}</Aside>}>
        <p>
          {median === null || longest === null
            ? t('overview.noDurations')
            : t.rich('overview.usualDuration', { median: duration(median), longest: duration(longest), strong })}
        </p>
        <DayChart
          title={t('overview.durationsChart')}
          series={times}
          days={days.map((entry) => ({
            day: entry.day,
            parts: [(entry.median ?? 0) / seconds, ((entry.longest ?? 0) - (entry.median ?? 0)) / seconds],
            cells: [entry.median, entry.longest].map((value) => (value === null ? '—' : duration(value))),
          }))}
          format={(value) => format.number(value, { style: 'unit', unit, unitDisplay: 'short' })}
        />
      </Section>
    </div>
  )
}

const strong = (text: ReactNode) => <strong className="font-semibold text-lg">{text}</strong>

const Aside = ({ children }: { children: ReactNode }) => <span className="text-muted text-xs">{children}</span>

/** Seconds in words, as in the list. */
function useDuration(): (seconds: number) => string {
  const t = useTranslations('duration')
  return (seconds) => {
    const { unit, ...parts } = splitDuration(seconds * 1000)
    return t(unit, parts)
  }
}
