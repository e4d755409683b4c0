import { useTranslations } from 'next-intl'
import { SessionRow } from '@/components/imports/session-row'
import type { SessionSummary } from '@/lib/imports/session'

// Fixed widths: a refresh that brings a longer word moves nothing.
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

/** The sessions of one page, newest first. */
export function SessionTable({ sessions }: { sessions: SessionSummary[] }) {
  const t = useTranslations('list')
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full table-fixed max-lg:block">
        <caption className="sr-only">{t('title')}</caption>
        <thead className="border-line border-b bg-raised text-left text-muted text-xs max-lg:sr-only">
          <tr>
            {COLUMNS.map(([column, width]) => (
              <th key={column} scope="col" className={`px-2.5 py-2 font-medium first:pl-4 last:pr-4 ${width}`}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:block">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
