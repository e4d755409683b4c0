import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { forbidden } from 'next/navigation'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { parseAuditParams } from '@/app/admin/audit/audit-params'
import type { SearchParams } from '@/app/admin/imports/search-params'
import { AuditFilters } from '@/components/audit/audit-filters'
import { AuditTable } from '@/components/audit/audit-table'
import { AUDIT_PATH, auditUrl } from '@/components/audit/audit-url'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { listActors, listAudit } from '@/lib/audit/queries'
import { requirePermission } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auditLog'))('title') }
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { address, filter } = parseAuditParams(await searchParams, await getTimeZone())
  if (!(await requirePermission('audit.read', auditUrl(address)))) forbidden()
  const [t, page, actors] = await Promise.all([getTranslations('auditLog'), listAudit(filter), listActors()])
  const { before: _before, after: _after, ...conditions } = address
  const [first, last] = [page.entries[0], page.entries.at(-1)]
  return (
    <main id="content" className="mx-auto max-w-6xl space-y-4 px-4 py-6 pb-16 sm:px-6">
      <div className="space-y-1">
        <h1 className="font-semibold text-xl">{t('title')}</h1>
        <p className="text-muted">{t('about')}</p>
      </div>
      <AuditFilters address={address} actors={actors} />
      {first && last ? (
        <>
          <AuditTable entries={page.entries} />
          <nav aria-label={t('pages')} className="flex justify-between gap-2">
            {page.newer ? (
              <Link href={auditUrl({ ...conditions, after: String(first.id) })} className={buttonClass()}>
                <ChevronLeft aria-hidden className="size-4" />
                {t('newer')}
              </Link>
            ) : (
              <span />
            )}
            {page.older ? (
              <Link href={auditUrl({ ...conditions, before: String(last.id) })} className={buttonClass()}>
                {t('older')}
                <ChevronRight aria-hidden className="size-4" />
              </Link>
            ) : null}
          </nav>
        </>
      ) : (
        <Empty title={t('none')} hint={t('noneHint')}>
          <Link href={AUDIT_PATH} className={buttonClass()}>
            {t('all')}
          </Link>
        </Empty>
      )}
    </main>
  )
}
