import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { deleteSchedule, previewSchedule, saveSchedule, switchSchedule } from '@/app/admin/schedules/actions'
import { scheduleIdOf } from '@/app/admin/schedules/schedule-id'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { Section } from '@/components/imports/section'
import { RunTable } from '@/components/schedules/run-table'
import { ScheduleForm } from '@/components/schedules/schedule-form'
import { SchedulePolicy } from '@/components/schedules/schedule-policy'
import { ScheduleTable } from '@/components/schedules/schedule-table'
import { DateTime } from '@/components/ui/date-time'
import { may } from '@/lib/permissions'
import { describeCron } from '@/lib/schedules/describe'
import { rhythmOf } from '@/lib/schedules/presets'
import { getSchedule, listRuns } from '@/lib/schedules/queries'
import { requireUser } from '@/lib/session'

interface SchedulePageProps {
  params: Promise<{ id: string }>
}

const RUNS_SHOWN = 50

/** The schedule an address names; read once for the title and the page. */
const scheduleAt = cache(async (id: string) => {
  const number = scheduleIdOf(id)
  return number === null ? null : getSchedule(number)
})

export async function generateMetadata({ params }: SchedulePageProps): Promise<Metadata> {
  const { id } = await params
  await requireUser(`/admin/schedules/${id}`)
  const [t, schedule] = await Promise.all([getTranslations(), scheduleAt(id)])
  return { title: schedule ? t('schedules.editTitle', { name: schedule.name }) : t('notFound.title') }
}

export default async function SchedulePage({ params }: SchedulePageProps) {
  const { id } = await params
  const user = await requireUser(`/admin/schedules/${id}`)
  const schedule = await scheduleAt(id)
  if (!schedule) notFound()
  const [t, rhythm, locale, runs] = await Promise.all([
    getTranslations('schedules'),
    getTranslations('schedules.rhythm'),
    getLocale(),
    listRuns(schedule.id, RUNS_SHOWN),
  ])
  const mayEdit = may(user.role, 'schedules.edit')
  const time = () => <DateTime value={schedule.updatedAt} />
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-6 px-4 py-6 pb-16 sm:px-6">
      <div className="space-y-1">
        <Link href="/admin/schedules" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {t('back')}
        </Link>
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{t('editTitle', { name: schedule.name })}</h1>
        <p className="text-muted text-xs">
          {schedule.updatedBy
            ? t.rich('changed', { who: schedule.updatedBy, time })
            : t.rich('changedBySystem', { time })}
        </p>
      </div>
      <ScheduleTable
        schedules={[{ ...schedule, rhythm: describeCron(schedule.cron, locale, rhythm) }]}
        actions={mayEdit ? { switchSchedule, deleteSchedule } : null}
      />
      <Section id="runs" title={t('runs')}>
        <RunTable runs={runs} />
        <SchedulePolicy />
      </Section>
      {mayEdit ? (
        <Section id="edit" title={t('edit')}>
          <div className="max-w-3xl">
            <ScheduleForm
              // Anew after a change: what was saved is what stands in the form.
              key={schedule.updatedAt.getTime()}
              initial={{ ...schedule, ...rhythmOf(schedule.cron) }}
              timeZones={Intl.supportedValuesOf('timeZone')}
              action={saveSchedule.bind(null, schedule.id)}
              preview={previewSchedule}
            />
          </div>
        </Section>
      ) : null}
      <AutoRefresh also="schedules" active={schedule.isOn} renderedAt={new Date().toISOString()} />
    </main>
  )
}
