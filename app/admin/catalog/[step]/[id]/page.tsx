import type { Metadata } from 'next'
import { forbidden, notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { rowParamsOf } from '@/app/admin/catalog/[step]/[id]/row-params'
import type { SearchParams } from '@/app/admin/imports/search-params'
import { Activity } from '@/components/catalog/activity'
import { BackLink } from '@/components/catalog/back-link'
import { RowView } from '@/components/catalog/row-view'
import { CopyButton } from '@/components/ui/copy-button'
import { catalogRow } from '@/lib/catalog/queries'
import type { CatalogRow } from '@/lib/catalog/row'
import { permissionOf } from '@/lib/catalog/row-id'
import { requirePermission } from '@/lib/session'

interface CatalogRowPageProps {
  params: Promise<{ step: string; id: string }>
  searchParams: Promise<SearchParams>
}

/** The row an address names, for somebody who may see it; read once for the title and the page. */
const rowAt = cache(async (step: string, id: string, search: string) => {
  const asked = rowParamsOf({ step, id })
  const permission = asked ? permissionOf(asked.step) : 'catalog.read'
  if (!(await requirePermission(permission, `/admin/catalog/${step}/${id}${search}`))) forbidden()
  return asked && catalogRow(asked.step, asked.id)
})

async function rowOf({ params, searchParams }: CatalogRowPageProps): Promise<CatalogRow | null> {
  const [{ step, id }, { from }] = await Promise.all([params, searchParams])
  return rowAt(step, id, typeof from === 'string' ? `?from=${encodeURIComponent(from)}` : '')
}

export async function generateMetadata(props: CatalogRowPageProps): Promise<Metadata> {
  const [t, row] = await Promise.all([getTranslations('catalog'), rowOf(props)])
  return { title: row ? `${t(`kind.${row.step}`)} ${nameOf(row)}` : t('notFound') }
}

/** One row of the catalogue as it is now. */
export default async function CatalogRowPage(props: CatalogRowPageProps) {
  const [t, row] = await Promise.all([getTranslations(), rowOf(props)])
  if (!row) notFound()
  return (
    <main id="content" data-row={row.step} className="mx-auto max-w-6xl space-y-6 px-4 py-6 pb-16 sm:px-6">
      <div className="space-y-1">
        <BackLink />
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{nameOf(row)}</h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <span>{t(`catalog.kind.${row.step}`)}</span>
          <CopyButton
            value={row.onecId}
            label={t('story.copyId', { id: row.onecId })}
            className="text-left font-mono [overflow-wrap:anywhere]"
          >
            {row.onecId}
          </CopyButton>
          {'isActive' in row ? <Activity {...row} /> : null}
        </p>
      </div>
      <RowView row={row} />
      <p className="text-muted text-xs">{t('catalog.asNow')}</p>
    </main>
  )
}

/** What the row is called; 1C's id where it has no name. */
function nameOf(row: CatalogRow): string {
  switch (row.step) {
    case 'prices':
    case 'stock':
      return row.offer.name ?? row.onecId
    case 'images':
      return row.product?.name ?? row.offer?.name ?? row.onecId
    default:
      return row.name ?? row.onecId
  }
}
