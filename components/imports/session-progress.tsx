import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { stageOf } from '@/components/imports/stage'
import type { SessionSummary } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'

const BAR_COLORS: Partial<Record<SessionSummary['jobState'], string>> = {
  SUCCESS: 'text-green-ink',
  FAILURE: 'text-red-ink',
  RETRY: 'text-orange-ink',
  LOST: 'text-control',
  CANCELLED: 'text-control',
}

/** A bar, and under it in words what the session is at. */
export function SessionProgress({ session }: { session: SessionSummary }) {
  const t = useTranslations('progress')
  const text = useStageText(session)
  return (
    <div className="space-y-1.5">
      <progress
        max={1}
        value={session.progress}
        aria-label={t('label', { id: String(session.id) })}
        aria-valuetext={text}
        className={clsx(BAR_COLORS[session.jobState], !isActive(session.status) && 'opacity-60')}
      />
      <p className="text-xs tabular-nums">{text}</p>
    </div>
  )
}

function useStageText(session: SessionSummary): string {
  const t = useTranslations('progress')
  const steps = useTranslations('step')
  const format = useFormatter()
  const stage = stageOf(session)
  switch (stage.kind) {
    case 'reading':
      return t('reading', { percent: format.number(session.progress, { style: 'percent', maximumFractionDigits: 0 }) })
    case 'step': {
      const { number, total, step } = stage
      return step ? t('step', { number, total, step: steps(step) }) : t('between', { number, total })
    }
    case 'done':
      return t('done', { total: stage.total })
    case 'stopped':
      return t('stopped', { done: stage.done, total: stage.total })
    default:
      return t(stage.kind)
  }
}
