import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { CardTable } from '@/components/ui/card-table'
import { DateTime } from '@/components/ui/date-time'
import { AccessBadge } from '@/components/users/access-badge'
import type { Role } from '@/prisma/client/enums'

export interface UserLine {
  id: number
  email: string
  name: string | null
  role: Role
  isActive: boolean
  lastSignInAt: Date | null
  blockedUntil: Date | null
}

const COLUMNS = [
  ['user', ''],
  ['role', 'w-44'],
  ['accessTitle', 'w-52'],
  ['lastSignIn', 'w-48'],
] as const

/** Everybody who has an account; `ownId` is who looks. */
export function UserTable({ users, ownId }: { users: UserLine[]; ownId: number }) {
  const t = useTranslations()
  const columns = COLUMNS.map(([key, width]) => ({ key, heading: t(`users.${key}`), width }))
  return (
    <CardTable caption={t('users.title')} columns={columns}>
      {users.map(({ id, email, name, role, isActive, lastSignInAt, blockedUntil }) => (
        <tr
          key={id}
          data-user-id={id}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-2 border-line border-b px-3 py-3 align-top last:border-b-0 hover:bg-raised/40 lg:table-row"
        >
          <td className={`${CELL} col-span-2 lg:pl-4`}>
            <Link
              href={`/admin/users/${id}`}
              prefetch={false}
              className="font-medium text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
            >
              {name ?? email}
            </Link>
            {id === ownId ? <span className="text-muted"> · {t('users.you')}</span> : null}
            {name ? <span className="block text-muted text-xs [overflow-wrap:anywhere]">{email}</span> : null}
          </td>
          <td className={clsx(CELL, !isActive && 'text-muted')}>{t(`role.${role}`)}</td>
          <td className={`${CELL} whitespace-nowrap`}>
            <AccessBadge isActive={isActive} blockedUntil={blockedUntil} />
          </td>
          <td className={`${CELL} max-lg:col-span-2 lg:pr-4`}>
            <span aria-hidden className="mr-2 text-muted text-xs lg:hidden">
              {t('users.lastSignIn')}
            </span>
            {lastSignInAt ? <DateTime value={lastSignInAt} /> : <span className="text-muted">{t('users.never')}</span>}
          </td>
        </tr>
      ))}
    </CardTable>
  )
}

const CELL = 'max-lg:block max-lg:p-0 lg:px-2.5 lg:py-2.5'
