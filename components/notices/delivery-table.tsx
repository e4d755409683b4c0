import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { CardTable } from '@/components/ui/card-table'
import { DateTime } from '@/components/ui/date-time'
import type { Delivery } from '@/lib/notifications/notification'

const LOOKS = {
  sent: { tone: 'green', icon: CircleCheck },
  waiting: { tone: 'grey', icon: Clock },
  retry: { tone: 'orange', icon: RotateCw },
  failed: { tone: 'red', icon: CircleX },
} as const

const COLUMNS = [
  ['when', 'w-30'],
  ['what', 'w-22'],
  ['where', ''],
  ['result', 'w-[40%]'],
] as const

/** What was sent to a user lately, and why some of it did not arrive. */
export function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
  const t = useTranslations('notices')
  if (deliveries.length === 0) return <p className="text-muted">{t('noDeliveries')}</p>
  return (
    <CardTable caption={t('deliveries')} columns={COLUMNS.map(([key, width]) => ({ key, heading: t(key), width }))}>
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.id} delivery={delivery} />
      ))}
    </CardTable>
  )
}

const CELL = 'max-lg:block max-lg:p-0 lg:px-2.5 lg:py-2 lg:first:pl-4 lg:last:pr-4'

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const t = useTranslations('notices')
  const { createdAt, sessionId, channel, target, attempts, error, errorDetail } = delivery
  const state = delivery.state === 'waiting' && error ? 'retry' : delivery.state
  return (
    <tr
      data-delivery={state}
      className="block space-y-1 border-line border-b px-3.5 py-2.5 align-top last:border-b-0 lg:table-row"
    >
      <td className={CELL}>
        <DateTime value={createdAt} as="lines" />
      </td>
      <td className={CELL}>
        {sessionId === null ? (
          t('trialWhat')
        ) : (
          <Link
            href={`/admin/imports/${sessionId}`}
            prefetch={false}
            className="text-accent underline-offset-2 hover:underline"
          >
            {t('session', { id: String(sessionId) })}
          </Link>
        )}
      </td>
      <td className={`${CELL} [overflow-wrap:anywhere]`}>
        {t(`channel.${channel}`)}
        <span className="block text-muted text-xs">{target ?? t('goneTarget')}</span>
      </td>
      <td className={CELL}>
        <Badge {...LOOKS[state]}>{t(`state.${state}`)}</Badge>{' '}
        {attempts > 1 ? <span className="text-muted text-xs">{t('attempts', { count: attempts })}</span> : null}
        {error && state !== 'sent' ? (
          <span className="block pt-0.5 text-xs [overflow-wrap:anywhere]">
            {t(`error.${error}`, { detail: errorDetail ?? '' })}
          </span>
        ) : null}
      </td>
    </tr>
  )
}
