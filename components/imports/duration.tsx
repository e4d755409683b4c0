import { useTranslations } from 'next-intl'
import { Elapsed } from '@/components/imports/elapsed'
import { splitDuration } from '@/components/imports/split-duration'

interface DurationProps {
  from: Date | null
  to: Date | null
  /**
   * The server's clock when the page was made, if it still runs; null if it does not. Asked of the caller, because what
   * is rendered in the browser too must not ask the browser's clock: the two would differ.
   */
  runningAt: number | null
}

/** How long it took; while it still runs, how long it has. */
export function Duration({ from, to, runningAt }: DurationProps) {
  const t = useTranslations('duration')
  if (runningAt !== null) {
    return (
      <>
        <span className="whitespace-nowrap text-blue-ink">{t('running')}</span>
        {from ? (
          <span className="block text-muted text-xs">
            <Elapsed since={from.getTime()} serverNow={runningAt} />
          </span>
        ) : null}
      </>
    )
  }
  if (!from || !to) return <span className="text-muted">{t('none')}</span>
  const { unit, ...parts } = splitDuration(to.getTime() - from.getTime())
  return <span className="whitespace-nowrap tabular-nums">{t(unit, parts)}</span>
}
