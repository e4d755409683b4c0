import { useTranslations } from 'next-intl'
import { TableFrame } from '@/components/imports/section'
import { RunOutcome } from '@/components/schedules/run-outcome'
import { DateTime } from '@/components/ui/date-time'
import type { ScheduleRun } from '@/lib/schedules/schedule'

/** The last runs of a schedule, newest first. */
export function RunTable({ runs }: { runs: ScheduleRun[] }) {
  const t = useTranslations('schedules')
  if (runs.length === 0) return <p className="text-muted">{t('noRuns')}</p>
  return (
    <>
      <TableFrame label={t('runs')}>
        <table className="w-full">
          <caption className="sr-only">{t('runs')}</caption>
          <thead className="border-line border-b bg-raised text-left text-muted text-xs">
            <tr>
              <th scope="col" className="w-52 py-2 pr-2.5 pl-4 font-medium">
                {t('due')}
              </th>
              <th scope="col" className="px-2.5 py-2 font-medium">
                {t('result')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.dueAt.getTime()} className="border-line border-b align-top last:border-b-0">
                <td className="py-2 pr-2.5 pl-4">
                  <DateTime value={run.dueAt} />
                </td>
                <td className="px-2.5 py-2">
                  <RunOutcome run={run} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="text-muted text-xs">{t('runsShown', { count: runs.length })}</p>
    </>
  )
}
