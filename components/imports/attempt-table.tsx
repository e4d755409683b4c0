import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Duration } from '@/components/imports/duration'
import { TableFrame } from '@/components/imports/section'
import { DateTime } from '@/components/ui/date-time'
import type { Attempt } from '@/lib/imports/session'

const HEAD = ['attemptNumber', 'startedAt', 'finishedAt', 'duration', 'worker', 'result'] as const

/** Every execution of the job, and how it ended. */
export function AttemptTable({ attempts }: { attempts: Attempt[] }) {
  const t = useTranslations('detail')
  if (attempts.length === 0) return <p className="text-muted">{t('noAttempts')}</p>
  return (
    <TableFrame label={t('attempts')}>
      <table className="w-full text-left">
        <thead className="border-line border-b bg-raised text-muted text-xs">
          <tr>
            {HEAD.map((column) => (
              <th
                key={column}
                scope="col"
                className="whitespace-nowrap px-2.5 py-2 font-medium first:pl-3.5 last:pr-3.5"
              >
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="align-top">
          {attempts.map(({ number, startedAt, finishedAt, workerId, error }) => (
            // Two attempts may bear one number: an interrupted one is not counted by the queue.
            <tr key={`${number}-${startedAt.getTime()}`} className="border-line border-b last:border-b-0">
              <td className="px-2.5 py-1.5 pl-3.5 tabular-nums">{number}</td>
              <td className="px-2.5 py-1.5">
                <DateTime value={startedAt} />
              </td>
              <td className="px-2.5 py-1.5">{finishedAt ? <DateTime value={finishedAt} /> : '—'}</td>
              <td className="px-2.5 py-1.5">
                <Duration from={startedAt} to={finishedAt} running={finishedAt === null} />
              </td>
              <td className="px-2.5 py-1.5">
                <span className="block max-w-40 truncate font-mono text-xs leading-5" title={workerId}>
                  {workerId}
                </span>
              </td>
              <td className="min-w-80 px-2.5 py-1.5 pr-3.5">
                <Outcome running={finishedAt === null} error={error} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function Outcome({ running, error }: { running: boolean; error: string | null }) {
  const t = useTranslations('detail')
  const Icon = running ? LoaderCircle : error ? CircleX : CircleCheck
  const ink = running ? 'text-blue-ink' : error ? 'text-red-ink' : 'text-green-ink'
  return (
    <span className={`flex items-start gap-1.5 text-xs leading-5 ${ink}`}>
      <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${running ? 'motion-safe:animate-spin' : ''}`} />
      <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {running ? t('attemptRunning') : (error ?? t('attemptOk'))}
      </span>
    </span>
  )
}
