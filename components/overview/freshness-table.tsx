import { Clock, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TableFrame } from '@/components/imports/section'
import { SessionStatusBadge } from '@/components/imports/status-badge'
import { DateTime } from '@/components/ui/date-time'
import type { Freshness } from '@/lib/overview/freshness'

/** Of each import type, what became of the last one, and how old what it brought is. */
export function FreshnessTable({ freshness, now }: { freshness: readonly Freshness[]; now: Date }) {
  const t = useTranslations()
  return (
    <TableFrame label={t('overview.lastImports')}>
      <table className="w-full text-left max-sm:block">
        <caption className="sr-only">{t('overview.lastImports')}</caption>
        <thead className="border-line border-b bg-raised text-muted text-xs max-sm:sr-only">
          <tr>
            {(['type', 'lastImport', 'dataFrom', 'usually'] as const).map((column) => (
              <th key={column} scope="col" className="whitespace-nowrap px-3.5 py-2 font-medium">
                {t(`overview.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {freshness.map((entry) => (
            <Row key={entry.type} entry={entry} now={now} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

const CELL = 'sm:px-3.5 sm:py-2'

// On a narrow screen a row is a card: the type and its rhythm, then what became of the last import, then its age.
const ROW =
  'border-line border-b last:border-b-0 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-3.5 max-sm:py-2.5'

function Row({ entry: { type, last, lastGood, usualGap, stale }, now }: { entry: Freshness; now: Date }) {
  const t = useTranslations()
  const overview = useTranslations('overview')
  const format = useFormatter()
  return (
    <tr data-import-type={type} data-stale={stale || undefined} className={ROW}>
      <th scope="row" className={`${CELL} font-medium`}>
        {t(`importType.${type}`)}
      </th>
      <td className={`${CELL} max-sm:order-2 max-sm:col-span-2`}>
        {last ? (
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            <SessionStatusBadge session={{ status: last.status, cancelRequestedAt: null }} />
            <SessionLink id={last.id}>{t('overview.session', { id: String(last.id) })}</SessionLink>
            {last.types.includes(type) ? null : (
              <span className="text-muted text-xs">
                {t('overview.within', { types: last.types.map((other) => t(`importType.${other}`)).join(', ') })}
              </span>
            )}
          </span>
        ) : (
          <span className="text-muted">{t('overview.never')}</span>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap max-sm:order-3 max-sm:col-span-2 ${last ? '' : 'max-sm:hidden'}`}>
        {lastGood ? (
          <span className={`inline-flex items-center gap-1.5 ${stale ? 'font-medium text-orange-ink' : ''}`}>
            {stale ? <TriangleAlert aria-hidden className="size-4 shrink-0" /> : null}
            <span>
              {/* In days up to two months: «1 неделю назад» may be thirteen days. */}
              {format.relativeTime(lastGood.finishedAt, { now, ...unitOf(lastGood.finishedAt, now) })}
              {stale ? `, ${t('overview.stale')}` : null}
              <span className="block font-normal text-muted text-xs">
                <DateTime value={lastGood.finishedAt} />
              </span>
            </span>
          </span>
        ) : (
          <span className="text-muted">{last ? t('overview.noneGood') : '—'}</span>
        )}
      </td>
      <td className={`${CELL} whitespace-nowrap text-muted max-sm:order-1`}>
        {usualGap === null ? (
          '—'
        ) : (
          <span className="inline-flex items-center gap-1.5">
            <Clock aria-hidden className="size-3.5 shrink-0" />
            {overview(...rhythmOf(usualGap))}
          </span>
        )}
      </td>
    </tr>
  )
}

function unitOf(moment: Date, now: Date): { unit?: 'day' } {
  const days = (now.getTime() - moment.getTime()) / 86_400_000
  return days > 1.5 && days < 60 ? { unit: 'day' } : {}
}

/** A rhythm is told roughly: in days, hours or minutes. */
function rhythmOf(gap: number): ['everyDays' | 'everyHours' | 'everyMinutes', { count: number }] {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  if (gap > 36 * hour) return ['everyDays', { count: Math.round(gap / day) }]
  if (gap > 23 * hour) return ['everyDays', { count: 1 }]
  if (gap > 90 * minute) return ['everyHours', { count: Math.round(gap / hour) }]
  return ['everyMinutes', { count: Math.max(1, Math.round(gap / minute)) }]
}

/** A session by its number. */
export const SessionLink = ({ id, children }: { id: number; children: ReactNode }) => (
  <Link
    href={`/admin/imports/${id}`}
    prefetch={false}
    className="text-accent tabular-nums underline underline-offset-2"
  >
    {children}
  </Link>
)
