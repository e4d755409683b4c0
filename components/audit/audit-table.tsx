import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useAuditWords } from '@/components/audit/audit-words'
import { CardTable } from '@/components/ui/card-table'
import { DateTime } from '@/components/ui/date-time'
import type { AuditRow } from '@/lib/audit/queries'

const COLUMNS = [
  ['at', 'w-44'],
  ['who', 'w-[24%]'],
  ['what', ''],
  ['subject', 'w-[20%]'],
] as const

interface AuditTableProps {
  entries: AuditRow[]
  /** All entries are about the same thing, which the page has named. */
  sameSubject?: boolean
}

/** Who did what to what, and when. */
export function AuditTable({ entries, sameSubject = false }: AuditTableProps) {
  const t = useTranslations('auditLog')
  const { title, subject, details } = useAuditWords()
  if (entries.length === 0) return <p className="text-muted">{t('none')}</p>
  const columns = COLUMNS.filter(([key]) => key !== 'subject' || !sameSubject)
  return (
    <CardTable caption={t('title')} columns={columns.map(([key, width]) => ({ key, heading: t(key), width }))}>
      {entries.map((entry) => {
        const about = subject(entry)
        const more = details(entry)
        return (
          <tr
            key={String(entry.id)}
            data-audit-id={String(entry.id)}
            data-action={entry.action}
            className="grid gap-y-1 border-line border-b px-3 py-3 align-top last:border-b-0 lg:table-row"
          >
            <td className={`${CELL} text-muted lg:pl-4`}>
              <DateTime value={entry.at} />
            </td>
            <td className={CELL}>
              {entry.actor ? entry.actor.email : <span className="text-muted">{title.actor(entry)}</span>}
            </td>
            <td className={CELL}>
              {title.action(entry)}
              {more ? <span className="block text-muted text-xs">{more}</span> : null}
            </td>
            {sameSubject ? null : (
              <td className={`${CELL} lg:pr-4`}>
                {about?.href ? (
                  <Link href={about.href} prefetch={false} className="text-accent underline-offset-2 hover:underline">
                    {about.text}
                  </Link>
                ) : (
                  (about?.text ?? <span className="text-muted max-lg:hidden">—</span>)
                )}
              </td>
            )}
          </tr>
        )
      })}
    </CardTable>
  )
}

const CELL = 'max-lg:block max-lg:p-0 [overflow-wrap:anywhere] lg:px-2.5 lg:py-2.5'
