import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { problemTitle } from '@/components/imports/problem-title'
import { problemsUrl } from '@/components/imports/problem-url'
import { TableFrame } from '@/components/imports/section'
import { SeverityLabel } from '@/components/imports/severity-label'
import { Empty } from '@/components/ui/empty'
import type { ProblemCode } from '@/lib/overview/queries'

const COLUMNS = ['problem', 'severity', 'records', 'sessions', 'lastIn'] as const

/** What is wrong with the exports most often. */
export function ProblemCodes({ problems }: { problems: readonly ProblemCode[] }) {
  const t = useTranslations('overview')
  const titles = useTranslations('problemCode')
  const format = useFormatter()
  if (problems.length === 0) return <Empty title={t('noProblems')} hint={t('noProblemsHint')} />
  return (
    <TableFrame label={t('problems')}>
      <table className="w-full whitespace-nowrap text-right tabular-nums">
        <caption className="sr-only">{t('problems')}</caption>
        <thead className="border-line border-b bg-raised text-muted text-xs">
          <tr>
            {COLUMNS.map((column, index) => (
              <th key={column} scope="col" className={`px-3.5 py-2 font-medium ${index < 2 ? 'text-left' : ''}`}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {problems.map(({ code, severity, count, sessions, lastSession }) => (
            <tr key={`${code} ${severity}`} data-problem-code={code} className="border-line border-b last:border-b-0">
              <th scope="row" className="px-3.5 py-1.5 text-left font-medium">
                {problemTitle(titles, code)}
              </th>
              <td className="px-3.5 py-1.5 text-left">
                <SeverityLabel severity={severity} />
              </td>
              <td className="px-3.5 py-1.5">{format.number(count)}</td>
              <td className="px-3.5 py-1.5">{format.number(sessions)}</td>
              <td className="px-3.5 py-1.5">
                <Link
                  href={problemsUrl(lastSession, { severity, code })}
                  prefetch={false}
                  className="text-accent underline underline-offset-2"
                >
                  {t('session', { id: String(lastSession) })}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
