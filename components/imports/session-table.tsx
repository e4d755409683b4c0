import { useTranslations } from 'next-intl'
import { firstPageUrl } from '@/components/imports/list-url'
import { SessionRow } from '@/components/imports/session-row'
import { CardTable, type Column } from '@/components/ui/card-table'
import type { SessionListFilter, SessionSummary } from '@/lib/imports/session'
import type { SessionOrder } from '@/lib/imports/session-order'
import type { Role } from '@/prisma/client/enums'

const COLUMNS = [
  ['id', 'w-16'],
  ['type', 'w-[12%]'],
  ['status', 'w-54'],
  ['job', 'w-[18%]'],
  ['progress', ''],
  ['startedAt', 'w-33'],
  ['finishedAt', 'w-27'],
  ['duration', 'w-29'],
] as const

/** The columns that the list can be ordered by: falling, which comes first, and rising. */
const SORTS: Partial<Record<(typeof COLUMNS)[number][0], readonly [SessionOrder, SessionOrder]>> = {
  startedAt: ['newest', 'oldest'],
  duration: ['longest', 'shortest'],
}

interface SessionTableProps {
  sessions: SessionSummary[]
  filter?: SessionListFilter
  /** Of who looks: what may be done to a session depends on it. */
  role: Role
}

/** The sessions of one page, in the filter's order, with what somebody of this role may do to them. */
export function SessionTable({ sessions, filter = {}, role }: SessionTableProps) {
  const t = useTranslations()
  const now = Date.now()
  const columns = COLUMNS.map(([key, width]): Column => {
    const column = { key, heading: t(`list.${key}`), width }
    const [falling, rising] = SORTS[key] ?? []
    if (!falling || !rising) return column
    const { order = 'newest' } = filter
    const now = order === falling ? 'descending' : order === rising ? 'ascending' : 'none'
    const next = now === 'descending' ? rising : falling
    const sort = { now, href: firstPageUrl({ ...filter, order: next }), title: t(`history.orders.${next}`) } as const
    return { ...column, sort }
  })
  return (
    <CardTable caption={t('list.title')} columns={columns}>
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} role={role} now={now} />
      ))}
    </CardTable>
  )
}
