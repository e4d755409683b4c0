'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { useProgressNews } from '@/components/imports/progress-news'
import { splitSize } from '@/components/imports/split-size'
import type { Stage } from '@/components/imports/stage'
import type { ProgressNews } from '@/lib/events/import-event'
import type { JobState } from '@/lib/imports/status'

const BAR_COLORS: Partial<Record<JobState, string>> = {
  SUCCESS: 'text-green-ink',
  FAILURE: 'text-red-ink',
  RETRY: 'text-orange-ink',
  LOST: 'text-control',
  CANCELLED: 'text-control',
}
const SETTLED: readonly JobState[] = ['SUCCESS', 'FAILURE', 'CANCELLED']

interface LiveProgressProps {
  id: number
  jobState: JobState
  /** 0…1 */
  share: number
  stage: Stage
  /** Only while it runs: what was reported when the page was made, and the records of the current step. */
  running: { reported: ProgressNews; rowsTotal: number | null } | null
}

/** The bar of a session, fed by live events between two refreshes. */
export function LiveProgress({ id, jobState, share, stage, running }: LiveProgressProps) {
  const t = useTranslations('progress')
  const format = useFormatter()
  const news = useProgressNews(id)
  const latest = running && news?.at && news.at > (running.reported.at ?? '') ? news : (running?.reported ?? null)
  // A page made before the last event must not set the bar back.
  const value = latest ? Math.max(share, latest.share) : share
  const percent = format.number(Math.floor(value * 100) / 100, { style: 'percent', maximumFractionDigits: 0 })
  const stageText = useStageText(stage, latest)
  const details = useDetails(stage, latest, running?.rowsTotal ?? null)
  const text = running ? `${percent} · ${stageText}` : stageText
  return (
    <div className="space-y-1">
      <progress
        max={1}
        value={value}
        aria-label={t('label', { id: String(id) })}
        aria-valuetext={[text, ...details].join(', ')}
        className={clsx(BAR_COLORS[jobState], SETTLED.includes(jobState) && 'opacity-60')}
      />
      <p className="text-xs tabular-nums [overflow-wrap:anywhere]">{text}</p>
      {details.length > 0 ? <p className="text-muted text-xs tabular-nums">{details.join(' · ')}</p> : null}
    </div>
  )
}

function useStageText(stage: Stage, latest: ProgressNews | null): string {
  const t = useTranslations('progress')
  const steps = useTranslations('step')
  switch (stage.kind) {
    case 'reading': {
      if (!latest?.currentFile || !latest.fileNumber || !latest.filesTotal) return t('reading')
      const { currentFile: file, fileNumber: number, filesTotal: total } = latest
      return t('readingFile', { file, number, total })
    }
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

/** How much of how much, how fast, and how long still; each only where it is known. */
function useDetails(stage: Stage, latest: ProgressNews | null, rowsTotal: number | null): string[] {
  const t = useTranslations('progress')
  const sizes = useTranslations('size')
  const format = useFormatter()
  if (!latest) return []
  const size = (bytes: number) => {
    const { value, unit } = splitSize(bytes)
    return sizes(unit, { value: format.number(value) })
  }
  const details: string[] = []
  if (stage.kind === 'reading' && latest.bytesTotal) {
    details.push(t('amount', { done: size(latest.bytesRead), total: size(latest.bytesTotal) }))
  }
  if (stage.kind === 'step' && stage.step && rowsTotal) {
    // A step is one transaction: most can only tell what they have to do.
    const { rowsDone: done } = latest
    details.push(
      done > 0
        ? t('records', { done: Math.min(done, rowsTotal), total: rowsTotal })
        : t('recordsToDo', { total: rowsTotal }),
    )
  }
  if (latest.recordsPerSecond !== null && latest.recordsPerSecond >= 1) {
    details.push(t('speed', { count: Number(latest.recordsPerSecond.toPrecision(2)) }))
  }
  if (latest.secondsLeft !== null) details.push(t('left', { time: timeLeft(latest.secondsLeft) }))
  return details

  function timeLeft(seconds: number): string {
    const minutes = Math.round(seconds / 60)
    if (minutes < 1) return t('leftSeconds')
    if (minutes < 60) return t('leftMinutes', { minutes })
    return t('leftHours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  }
}
