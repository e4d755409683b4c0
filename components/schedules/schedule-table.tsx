import { Pencil } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DryRunBadge } from '@/components/imports/dry-run'
import { DeleteSchedule } from '@/components/schedules/delete-schedule'
import { RunOutcome } from '@/components/schedules/run-outcome'
import { ScheduleSwitch } from '@/components/schedules/schedule-switch'
import { buttonClass } from '@/components/ui/button'
import { CardTable, type Column } from '@/components/ui/card-table'
import { DateTime } from '@/components/ui/date-time'
import type { Schedule } from '@/lib/schedules/schedule'

type Submit = (form: FormData) => Promise<void>

interface ScheduleTableProps {
  /** Each with its rhythm in words. */
  schedules: (Schedule & { rhythm: string })[]
  /** Null for those who may only look. */
  actions: { switchSchedule: Submit; deleteSchedule: Submit } | null
}

const COLUMNS = [
  ['name', 'w-[17%]'],
  ['what', ''],
  ['when', 'w-[17%]'],
  ['next', 'w-36'],
  ['last', 'w-[22%]'],
  ['state', 'w-36'],
] as const

/** The schedules: when they are due next, and what became of the last run. */
export function ScheduleTable({ schedules, actions }: ScheduleTableProps) {
  const t = useTranslations('schedules')
  const columns: Column[] = COLUMNS.map(([key, width]) => ({ key, heading: t(key), width }))
  if (actions) columns.push({ key: 'actions', heading: t('actions'), width: 'w-26' })
  return (
    <CardTable caption={t('title')} columns={columns}>
      {schedules.map((schedule) => (
        <ScheduleRow key={schedule.id} schedule={schedule} actions={actions} />
      ))}
    </CardTable>
  )
}

function ScheduleRow({
  schedule,
  actions,
}: {
  schedule: ScheduleTableProps['schedules'][number]
  actions: ScheduleTableProps['actions']
}) {
  const t = useTranslations()
  const { id, name, lastRun, nextDueAt, isOn } = schedule
  return (
    <tr
      data-schedule-id={id}
      className="block space-y-2 border-line border-b px-3 py-3 align-top last:border-b-0 hover:bg-raised/40 lg:table-row"
    >
      <td className={CELL}>
        <Link
          href={`/admin/schedules/${id}`}
          className="font-medium text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
        >
          {name}
        </Link>
      </td>
      <td className={CELL}>
        <span className="block">{schedule.types.map((type) => t(`importType.${type}`)).join(', ')}</span>
        {schedule.dryRun ? <DryRunBadge /> : null}
        {schedule.allowMassDeactivation ? (
          <span className="block text-muted text-xs">{t('detail.massDeactivation')}</span>
        ) : null}
      </td>
      <td className={CELL}>
        <Labelled label={t('schedules.when')}>
          {schedule.rhythm}
          <span className="block text-muted text-xs">{t('schedules.zone', { zone: schedule.timeZone })}</span>
        </Labelled>
      </td>
      <td className={CELL}>
        <Labelled label={t('schedules.next')}>
          {nextDueAt ? (
            <DateTime value={nextDueAt} as="lines" />
          ) : (
            <span className="text-muted">{isOn ? t('schedules.noNext') : '—'}</span>
          )}
        </Labelled>
      </td>
      <td className={CELL}>
        <Labelled label={t('schedules.last')}>
          {lastRun ? (
            <>
              <RunOutcome run={lastRun} />
              <span className="block text-muted text-xs">
                <DateTime value={lastRun.dueAt} />
              </span>
            </>
          ) : (
            <span className="text-muted">{t('schedules.never')}</span>
          )}
        </Labelled>
      </td>
      <td className={CELL}>
        <ScheduleSwitch id={id} name={name} isOn={isOn} action={actions?.switchSchedule ?? null} />
      </td>
      {actions ? (
        <td className={`${CELL} lg:pr-4`}>
          <span className="flex gap-1">
            <Link
              href={`/admin/schedules/${id}`}
              aria-label={t('schedules.editOne', { name })}
              title={t('schedules.edit')}
              className={buttonClass('quiet', '!px-2')}
            >
              <Pencil aria-hidden className="size-4" />
            </Link>
            <DeleteSchedule id={id} name={name} action={actions.deleteSchedule} />
          </span>
        </td>
      ) : null}
    </tr>
  )
}

const CELL = 'max-lg:block max-lg:p-0 lg:px-2.5 lg:py-2.5 lg:first:pl-4'

/** With the column's name, where the card has no column heads; the table's own head names it for a screen reader. */
const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="flex gap-x-3 lg:block">
    <span aria-hidden className="w-28 shrink-0 text-muted text-xs lg:hidden">
      {label}
    </span>
    <div className="min-w-0">{children}</div>
  </div>
)
