import { useTranslations } from 'next-intl'
import { Elapsed } from '@/components/imports/elapsed'
import { splitDuration } from '@/components/imports/split-duration'

interface DurationProps {
  from: Date | null
  to: Date | null
  running: boolean
  /** The server's clock when the page was made; for what runs, where this is rendered in the browser too. */
  now?: number
}

/** How long it took; while it still runs, how long it has. */
export function Duration({ from, to, running, now = Date.now() }: DurationProps) {
  const t = useTranslations('duration')
  if (running) {
    return (
      <>
        <span className="whitespace-nowrap text-blue-ink">{t('running')}</span>
        {from ? (
          <span className="block text-muted text-xs">
            <Elapsed since={from.getTime()} serverNow={now} />
          </span>
        ) : null}
      </>
    )
  }
  if (!from || !to) return <span className="text-muted">{t('none')}</span>
  const { unit, ...parts } = splitDuration(to.getTime() - from.getTime())
  return <span className="whitespace-nowrap tabular-nums">{t(unit, parts)}</span>
}
