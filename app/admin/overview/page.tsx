import type { Metadata } from 'next'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { AutoRefresh } from '@/components/imports/auto-refresh'
import { NoWorkerNotice } from '@/components/imports/no-worker-notice'
import { Section } from '@/components/imports/section'
import { FreshnessTable } from '@/components/overview/freshness-table'
import { OutcomeCharts } from '@/components/overview/outcome-charts'
import { ProblemCodes } from '@/components/overview/problem-codes'
import { QueueNow } from '@/components/overview/queue-now'
import { WorkersNow } from '@/components/overview/workers-now'
import { overviewView } from '@/lib/overview/view'
import { requireViewer } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') }
}

export default async function OverviewPage() {
  await requireViewer('/admin/overview')
  const [t, view] = await Promise.all([getTranslations('overview'), overviewView(await getTimeZone())])
  const { freshness, queue, workers, statistics } = view
  const now = new Date()
  const active = queue.sessions.length > 0
  return (
    <main id="content" className="mx-auto max-w-[90rem] space-y-6 px-4 pt-6 pb-16 sm:px-6">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      {active && !workers.some(({ alive }) => alive) ? <NoWorkerNotice /> : null}
      <Section id="last-imports" title={t('lastImports')}>
        <FreshnessTable freshness={freshness} now={now} />
        <p className="max-w-4xl text-muted text-xs">{t('lastImportsHint')}</p>
      </Section>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section id="queue" title={t('queue')}>
          <QueueNow {...queue} />
        </Section>
        <Section id="workers" title={t('workers')}>
          <WorkersNow workers={workers} />
        </Section>
      </div>
      <OutcomeCharts days={statistics.days} total={statistics.total} />
      <Section id="problems" title={t('problems')} aside={<span className="text-muted text-xs">{t('days')}</span>}>
        <ProblemCodes problems={statistics.problems} />
      </Section>
      <AutoRefresh
        active={active}
        renderedAt={now.toISOString()}
        check={{ url: '/api/imports/check?overview', version: view.version }}
      />
    </main>
  )
}
