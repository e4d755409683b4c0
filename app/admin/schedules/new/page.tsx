import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { previewSchedule, saveSchedule } from '@/app/admin/schedules/actions'
import { ScheduleForm } from '@/components/schedules/schedule-form'
import { Notice } from '@/components/ui/notice'
import { env } from '@/lib/env'
import { DEFAULT_RHYTHM } from '@/lib/schedules/presets'
import { requirePermission } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('schedules'))('newTitle') }
}

export default async function NewSchedulePage() {
  const user = await requirePermission('schedules.edit', '/admin/schedules/new')
  const t = await getTranslations('schedules')
  return (
    <main id="content" className="mx-auto max-w-3xl space-y-6 px-4 py-6 sm:px-6">
      <div className="space-y-1">
        <Link href="/admin/schedules" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {t('back')}
        </Link>
        <h1 className="font-semibold text-xl">{t('newTitle')}</h1>
      </div>
      {user ? (
        <ScheduleForm
          initial={{
            ...DEFAULT_RHYTHM,
            name: '',
            types: [],
            dryRun: false,
            allowMassDeactivation: false,
            timeZone: env().SHOP_TIME_ZONE,
            isOn: true,
          }}
          timeZones={Intl.supportedValuesOf('timeZone')}
          action={saveSchedule.bind(null, null)}
          preview={previewSchedule}
        />
      ) : (
        <Notice kind="info">{t('viewer')}</Notice>
      )}
    </main>
  )
}
