import { useTranslations } from 'next-intl'
import { SessionRow } from '@/components/imports/session-row'
import { CardTable } from '@/components/ui/card-table'
import type { SessionSummary } from '@/lib/imports/session'
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

/** The sessions of one page, newest first, with what somebody of this role may do to them. */
export function SessionTable({ sessions, role }: { sessions: SessionSummary[]; role: Role }) {
  const t = useTranslations('list')
  const columns = COLUMNS.map(([key, width]) => ({ key, heading: t(key), width }))
  return (
    <CardTable caption={t('title')} columns={columns}>
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} role={role} />
      ))}
    </CardTable>
  )
}
