import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { listUrl } from '@/components/imports/list-url'
import { pagesAround } from '@/components/imports/pages-around'
import { buttonClass } from '@/components/ui/button'
import type { SessionList, SessionListFilter } from '@/lib/imports/session'

interface PaginationProps {
  list: Pick<SessionList, 'page' | 'pages' | 'total' | 'sessions'>
  filter: SessionListFilter
  pageSize: number
}

/** How much there is, and the way to the rest. */
export function Pagination({ list, filter, pageSize }: PaginationProps) {
  const t = useTranslations('list')
  const { page, pages, total, sessions } = list
  const from = (page - 1) * pageSize + 1
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 pb-12">
      <p className="text-muted text-xs tabular-nums">{t('range', { from, to: from + sessions.length - 1, total })}</p>
      {pages > 1 ? (
        <nav aria-label={t('pages')} className="flex items-center gap-1">
          <Step to={page - 1} label={t('previous')} pages={pages} filter={filter} />
          {pagesAround(page, pages).map((number, index, shown) => (
            <span key={number} className="flex items-center gap-1">
              {index > 0 && number - (shown[index - 1] ?? 0) > 1 ? <span className="text-muted">…</span> : null}
              <Link
                href={listUrl({ ...filter, page: number })}
                aria-label={t('page', { page: number })}
                aria-current={number === page ? 'page' : undefined}
                className={buttonClass(number === page ? 'plain' : 'quiet', 'min-w-8 !px-2 tabular-nums')}
              >
                {number}
              </Link>
            </span>
          ))}
          <Step to={page + 1} label={t('next')} pages={pages} filter={filter} />
        </nav>
      ) : null}
    </div>
  )
}

function Step({ to, label, pages, filter }: { to: number; label: string; pages: number; filter: SessionListFilter }) {
  const Icon = to < filter.page ? ChevronLeft : ChevronRight
  if (to < 1 || to > pages) return null
  return (
    <Link href={listUrl({ ...filter, page: to })} aria-label={label} className={buttonClass('quiet', '!px-1.5')}>
      <Icon aria-hidden className="size-4" />
    </Link>
  )
}
