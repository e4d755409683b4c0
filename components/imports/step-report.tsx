import clsx from 'clsx'
import { Check, Circle, CircleX, LoaderCircle, type LucideIcon, Minus } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { TableFrame } from '@/components/imports/section'
import type { StepReport as Report, SessionDetails } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'
import type { StepKind } from '@/prisma/client/enums'

// Message key of each counter, in the order they are shown.
const COUNTERS = {
  processed: 'processed',
  created: 'createdCount',
  updated: 'updated',
  unchanged: 'unchanged',
  skipped: 'skipped',
  deactivated: 'deactivated',
  linked: 'linked',
  errors: 'errors',
  warnings: 'warnings',
} as const
type Counter = keyof typeof COUNTERS
const COUNTER_NAMES = Object.keys(COUNTERS) as Counter[]

const DEACTIVATED_WORDS: Partial<Record<StepKind, 'deactivatedStock' | 'deactivatedImages'>> = {
  stock: 'deactivatedStock',
  images: 'deactivatedImages',
}

/** What each step did, in numbers. */
export function StepReport({ session }: { session: SessionDetails }) {
  const t = useTranslations()
  const active = isActive(session.status)
  const titles: Partial<Record<Counter, string>> = {
    deactivated: t('detail.deactivatedFull'),
    linked: t('detail.linkedFull'),
    warnings: t('detail.warningsFull'),
  }
  return (
    <div className="space-y-2">
      <TableFrame label={t('detail.report')}>
        <table className="w-full whitespace-nowrap text-right tabular-nums">
          <thead className="border-line border-b bg-raised text-muted text-xs">
            <tr>
              <th scope="col" className="sticky left-0 bg-raised px-3.5 py-2 text-left font-medium">
                {t('detail.reportStep')}
              </th>
              <th scope="col" className="px-2.5 py-2 text-left font-medium">
                {t('detail.status')}
              </th>
              {COUNTER_NAMES.map((counter) => (
                <th key={counter} scope="col" title={titles[counter]} className="px-2.5 py-2 font-medium last:pr-3.5">
                  {t(`detail.${COUNTERS[counter]}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {session.steps.map((step) => (
              <tr key={step.kind} data-step={step.kind} className="border-line border-b last:border-b-0">
                <th scope="row" className="sticky left-0 bg-surface px-3.5 py-1.5 text-left font-medium">
                  {t(`step.${step.kind}`)}
                </th>
                <td className="px-2.5 py-1.5 text-left">
                  <StepState step={step} active={active} />
                </td>
                {COUNTER_NAMES.map((counter) => (
                  <Count key={counter} counter={counter} step={step} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="max-w-4xl text-muted text-xs">{t('detail.reportHint')}</p>
    </div>
  )
}

const STEP_LOOKS: Record<Report['status'] | 'NOT_RUN', { icon: LucideIcon; ink: string }> = {
  PENDING: { icon: Circle, ink: 'text-grey-ink' },
  RUNNING: { icon: LoaderCircle, ink: 'text-blue-ink' },
  COMPLETED: { icon: Check, ink: 'text-green-ink' },
  FAILED: { icon: CircleX, ink: 'text-red-ink' },
  NOT_RUN: { icon: Minus, ink: 'text-grey-ink' },
}

function StepState({ step, active }: { step: Report; active: boolean }) {
  const t = useTranslations('stepStatus')
  // In a settled session nothing is waited for.
  const state = step.status === 'PENDING' && !active ? 'NOT_RUN' : step.status
  const { icon: Icon, ink } = STEP_LOOKS[state]
  return (
    <span className={clsx('inline-flex min-w-24 items-center align-middle gap-1 text-xs', ink)}>
      <Icon aria-hidden className={clsx('size-3.5', state === 'RUNNING' && 'motion-safe:animate-spin')} />
      {t(state)}
    </span>
  )
}

/** A number of the report: nothing is dimmed, trouble is coloured, and an unfinished step has none. */
function Count({ counter, step }: { counter: Counter; step: Report }) {
  const t = useTranslations('detail')
  const format = useFormatter()
  const value = step[counter]
  // What is not mentioned any more is not switched off everywhere.
  const word = counter === 'deactivated' && value > 0 ? DEACTIVATED_WORDS[step.kind] : undefined
  const look = clsx(
    'px-2.5 py-1.5 last:pr-3.5',
    value === 0 && 'text-muted',
    value > 0 && counter === 'errors' && 'font-semibold text-red-ink',
    value > 0 && counter === 'warnings' && 'font-semibold text-orange-ink',
  )
  return (
    <td className={look} data-counter={counter} title={word && t(word, { count: value })}>
      {step.status === 'COMPLETED' || value > 0 ? format.number(value) : '—'}
    </td>
  )
}
