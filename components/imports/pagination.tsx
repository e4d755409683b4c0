import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { pagesAround } from '@/components/imports/pages-around'
import { buttonClass } from '@/components/ui/button'

interface PaginationProps {
  page: number
  pages: number
  pageSize: number
  total: number
  /** Rows on this page. */
  shown: number
  /** The address of another page. */
  urlOf: (page: number) => string
}

/** How much there is, and the way to the rest. */
export function Pagination({ page, pages, pageSize, total, shown, urlOf }: PaginationProps) {
  const t = useTranslations('list')
  const from = (page - 1) * pageSize + 1
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 pb-12">
      <p className="text-muted text-xs tabular-nums">{t('range', { from, to: from + shown - 1, total })}</p>
      {pages > 1 ? (
        <nav aria-label={t('pages')} className="flex items-center gap-1">
          {page > 1 ? (
            <Link
              prefetch={false}
              href={urlOf(page - 1)}
              aria-label={t('previous')}
              className={buttonClass('quiet', '!px-1.5')}
            >
              <ChevronLeft aria-hidden className="size-4" />
            </Link>
          ) : null}
          {pagesAround(page, pages).map((number, index, listed) => (
            <span key={number} className="flex items-center gap-1">
              {index > 0 && number - (listed[index - 1] ?? 0) > 1 ? <span className="text-muted">…</span> : null}
              <Link
                prefetch={false}
                href={urlOf(number)}
                aria-label={t('page', { page: number })}
                aria-current={number === page ? 'page' : undefined}
                className={buttonClass(number === page ? 'plain' : 'quiet', 'min-w-8 !px-2 tabular-nums')}
              >
                {number}
              </Link>
            </span>
          ))}
          {page < pages ? (
            <Link
              prefetch={false}
              href={urlOf(page + 1)}
              aria-label={t('next')}
              className={buttonClass('quiet', '!px-1.5')}
            >
              <ChevronRight aria-hidden className="size-4" />
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}
