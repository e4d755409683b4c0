import { CircleCheck, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SessionLink } from '@/components/overview/freshness-table'
import { Badge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import type { WorkerNow } from '@/lib/overview/queries'

/** The workers that have not stopped: whether each is alive, what it does, where it runs and since when. */
export function WorkersNow({ workers }: { workers: readonly WorkerNow[] }) {
  const t = useTranslations('overview')
  if (workers.length === 0) {
    return (
      <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted">{t('noWorkers')}</p>
    )
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {workers.map((worker) => (
        <li
          key={worker.id}
          data-worker-alive={worker.alive}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3.5 py-2.5"
        >
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            {worker.alive ? (
              <Badge tone="green" icon={CircleCheck}>
                {t('alive')}
              </Badge>
            ) : (
              <Badge tone="grey" icon={Unplug}>
                {t('silent')}
              </Badge>
            )}
            {worker.session ? (
              <SessionLink id={worker.session.id}>{t('session', { id: String(worker.session.id) })}</SessionLink>
            ) : worker.alive ? (
              <span className="text-muted">{t('idle')}</span>
            ) : null}
          </span>
          <span className="text-muted text-xs">
            <span className="font-mono">
              {worker.host || '?'}:{worker.pid}
            </span>{' '}
            {t.rich(worker.seenAt ? 'heard' : 'since', {
              time: () => <DateTime value={worker.seenAt ?? worker.startedAt} />,
            })}
          </span>
        </li>
      ))}
    </ul>
  )
}
