import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { deleteSchedule, switchSchedule } from '@/app/admin/schedules/actions'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { NoWorkerNotice } from '@/components/imports/no-worker-notice'
import { SchedulePolicy } from '@/components/schedules/schedule-policy'
import { ScheduleTable } from '@/components/schedules/schedule-table'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { isAnyWorkerAlive } from '@/lib/imports/queries'
import { may } from '@/lib/permissions'
import { describeCron } from '@/lib/schedules/describe'
import { listSchedules } from '@/lib/schedules/queries'
import { requireUser } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('schedules'))('title') }
}

export default async function SchedulesPage() {
  const user = await requireUser('/admin/schedules')
  const [t, rhythm, locale, schedules, workerAlive] = await Promise.all([
    getTranslations('schedules'),
    getTranslations('schedules.rhythm'),
    getLocale(),
    listSchedules(),
    isAnyWorkerAlive(),
  ])
  const mayEdit = may(user.role, 'schedules.edit')
  const anyOn = schedules.some(({ isOn }) => isOn)
  const add = (
    <Link href="/admin/schedules/new" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {t('add')}
    </Link>
  )
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-4 px-4 py-6 pb-16 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="font-semibold text-xl">{t('title')}</h1>
          <p className="text-muted">{t('hint')}</p>
        </div>
        {mayEdit ? schedules.length > 0 && add : <p className="text-muted text-xs">{t('viewer')}</p>}
      </div>
      {anyOn && !workerAlive ? <NoWorkerNotice /> : null}
      {schedules.length > 0 ? (
        <>
          <ScheduleTable
            schedules={schedules.map((schedule) => ({
              ...schedule,
              rhythm: describeCron(schedule.cron, locale, rhythm),
            }))}
            actions={mayEdit ? { switchSchedule, deleteSchedule } : null}
          />
          <SchedulePolicy />
        </>
      ) : (
        <Empty title={t('empty')} hint={t(mayEdit ? 'emptyHint' : 'emptyHintViewer')}>
          {mayEdit ? add : null}
        </Empty>
      )}
      <AutoRefresh also="schedules" active={anyOn} renderedAt={new Date().toISOString()} />
    </main>
  )
}
