import { Ban, CircleCheck, CircleX, Clock, FileText, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Duration } from '@/components/imports/duration'
import { rateOf } from '@/components/imports/rate'
import { RateChart } from '@/components/imports/rate-chart'
import { useStarterName } from '@/components/imports/starter-name'
import { useTold } from '@/components/imports/told'
import { DateTime } from '@/components/ui/date-time'
import type { Attempt, SessionDetails, StepReport } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

/** What happened to the session, in order: queued, each attempt with its reading and steps, the end. */
export function Timeline({ session }: { session: SessionDetails }) {
  const t = useTranslations('story')
  const starterName = useStarterName()
  const { attempts, createdAt, startedAt, finishedAt, cancelRequestedAt } = session
  return (
    <ol className="rounded-lg border border-line bg-surface px-3.5 py-3">
      <Event icon={Clock} ink="text-grey-ink" at={createdAt} title={t('queued', { who: starterName(session) })}>
        {startedAt ? (
          <p>
            {t('waited')} <Duration from={createdAt} to={startedAt} runningAt={null} />
          </p>
        ) : null}
      </Event>
      {attempts.map((attempt, i) => (
        <AttemptEvent
          key={attempt.startedAt.getTime()}
          // Its place, and not its number in the queue, which does not count an interrupted one.
          number={i + 1}
          attempt={attempt}
          steps={stepsOf(session.steps, attempt, attempts[i + 1])}
        />
      ))}
      {cancelRequestedAt ? (
        <Event
          icon={Ban}
          ink="text-orange-ink"
          at={cancelRequestedAt}
          title={t('cancelRequested', { who: session.cancelledBy ?? t('system') })}
        />
      ) : null}
      {finishedAt && !isActive(session.status) ? <EndEvent session={session} at={finishedAt} /> : null}
    </ol>
  )
}

/** The steps that began in this attempt and not in the next. */
const stepsOf = (steps: StepReport[], attempt: Attempt, next: Attempt | undefined): StepReport[] =>
  steps.filter(({ startedAt }) => startedAt && startedAt >= attempt.startedAt && !(next && startedAt >= next.startedAt))

interface EventProps {
  icon: LucideIcon
  ink: string
  at: Date
  title: ReactNode
  spinning?: boolean
  children?: ReactNode
}

function Event({ icon: Icon, ink, at, title, spinning = false, children }: EventProps) {
  return (
    <li className="relative flex gap-2.5 pb-3 last:pb-0 before:absolute before:top-5 before:bottom-0 before:left-[7px] before:w-px before:bg-line last:before:hidden">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink} ${spinning ? 'motion-safe:animate-spin' : ''}`} />
      <div className="min-w-0 flex-1 space-y-1 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap justify-between gap-x-4">
          <span className="font-medium">{title}</span>
          <span className="text-muted text-xs leading-5">
            <DateTime value={at} />
          </span>
        </p>
        <div className="space-y-1 text-muted text-xs empty:hidden">{children}</div>
      </div>
    </li>
  )
}

function AttemptEvent({ number, attempt, steps }: { number: number; attempt: Attempt; steps: StepReport[] }) {
  const t = useTranslations('story')
  const { startedAt, finishedAt, workerId, samples } = attempt
  const error = useTold()(attempt.error, attempt.errorSentence)
  const running = finishedAt === null
  const readTo = steps[0]?.startedAt ?? finishedAt
  return (
    <Event
      icon={running ? LoaderCircle : error ? CircleX : CircleCheck}
      spinning={running}
      ink={running ? 'text-blue-ink' : error ? 'text-red-ink' : 'text-green-ink'}
      at={startedAt}
      title={t('attempt', { number })}
    >
      <p>
        {t('worker')} <span className="font-mono">{workerId}</span>,{' '}
        <Duration from={startedAt} to={finishedAt} runningAt={running ? Date.now() : null} />
      </p>
      {error ? <p className="whitespace-pre-wrap text-red-ink">{error}</p> : null}
      <ul className="max-w-2xl space-y-0.5 pt-0.5 text-ink">
        <li className="flex flex-wrap items-baseline gap-x-3">
          <FileText aria-hidden className="size-3 shrink-0 self-center text-muted" />
          <span className="min-w-36">{t('reading')}</span>
          <Duration from={startedAt} to={readTo} runningAt={readTo === null ? Date.now() : null} />
          <Rate records={samples.at(-1)?.[1] ?? 0} milliseconds={(samples.at(-1)?.[0] ?? 0) - (samples[0]?.[0] ?? 0)} />
        </li>
        {steps.map((step) => (
          <StepItem key={step.kind} step={step} running={running} />
        ))}
      </ul>
      <RateChart attempt={attempt} steps={steps} />
    </Event>
  )
}

function StepItem({ step, running }: { step: StepReport; running: boolean }) {
  const t = useTranslations()
  const { startedAt, finishedAt, status, kind, processed } = step
  const stops = status === 'FAILED' || (!running && status !== 'COMPLETED')
  const Icon = stops ? CircleX : status === 'COMPLETED' ? CircleCheck : LoaderCircle
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <Icon
        aria-hidden
        className={`size-3 shrink-0 self-center ${stops ? 'text-red-ink' : status === 'COMPLETED' ? 'text-green-ink' : 'text-blue-ink motion-safe:animate-spin'}`}
      />
      <span className="min-w-36">{t(`step.${kind}`)}</span>
      {stops ? <span className="text-red-ink">{t('story.notApplied')}</span> : null}
      <Duration from={startedAt} to={finishedAt} runningAt={status === 'RUNNING' && running ? Date.now() : null} />
      {status === 'COMPLETED' && startedAt && finishedAt ? (
        <Rate records={processed} milliseconds={finishedAt.getTime() - startedAt.getTime()} />
      ) : null}
    </li>
  )
}

/** «1 200 записей, 4 000 в секунду»; what took no time has no rate. */
function Rate({ records, milliseconds }: { records: number; milliseconds: number }) {
  const t = useTranslations('story')
  if (records === 0) return null
  const rate = rateOf(records, milliseconds)
  return (
    <span className="text-muted tabular-nums">
      {rate === null ? t('records', { records }) : t('rate', { records, rate: Math.round(rate) })}
    </span>
  )
}

const ENDS = {
  COMPLETED: { icon: CircleCheck, ink: 'text-green-ink' },
  COMPLETED_WITH_ERRORS: { icon: TriangleAlert, ink: 'text-orange-ink' },
  FAILED: { icon: CircleX, ink: 'text-red-ink' },
  CANCELLED: { icon: Ban, ink: 'text-grey-ink' },
} as const

function EndEvent({ session: { status }, at }: { session: SessionDetails; at: Date }) {
  const t = useTranslations('status')
  if (status === 'STARTED' || status === 'IN_PROGRESS') return null
  return <Event {...ENDS[status]} at={at} title={t(status)} />
}
