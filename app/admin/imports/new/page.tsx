import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { startImport } from '@/app/admin/imports/actions'
import { offersFor } from '@/app/admin/imports/new/offers'
import { typesOf } from '@/app/admin/imports/new/start-request'
import type { SearchParams } from '@/app/admin/imports/search-params'
import { ExportCard } from '@/components/imports/export-card'
import { StartForm } from '@/components/imports/start-form'
import { env } from '@/lib/env'
import { findExport } from '@/lib/imports/export-listing'
import { hasProducts } from '@/lib/imports/queries'
import { may } from '@/lib/permissions'
import { requireUser } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('start'))('title') }
}

export default async function StartPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser('/admin/imports/new')
  const directory = env().ONEC_DATA_DIR
  const [t, summary, catalogueExists] = await Promise.all([getTranslations(), findExport(directory), hasProducts()])
  return (
    <main id="content" className="mx-auto max-w-3xl space-y-6 px-4 py-6 sm:px-6">
      <div className="space-y-1">
        <Link href="/admin/imports" className="inline-flex items-center gap-1 text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {t('list.title')}
        </Link>
        <h1 className="font-semibold text-xl">{t('start.title')}</h1>
      </div>
      <ExportCard directory={directory} summary={summary} />
      <StartForm
        offers={offersFor(summary, catalogueExists)}
        initialTypes={typesOf((await searchParams).type)}
        mayStart={may(user.role, 'imports.start')}
        action={startImport}
      />
    </main>
  )
}
