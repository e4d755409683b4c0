import { ChevronLeft, ChevronRight, ChevronsLeft, Download } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { firstPageUrl, historyCsvUrl, listUrl } from '@/components/imports/list-url'
import { buttonClass } from '@/components/ui/button'
import type { SessionList, SessionListFilter } from '@/lib/imports/session'
import { isByDuration } from '@/lib/imports/session-order'

interface PageTurnProps {
  filter: SessionListFilter
  list: Pick<SessionList, 'found' | 'foundMore' | 'previous' | 'next' | 'complete'>
}

/** How much there is, the way to the rest, and all of it as a file. Pages have places, not numbers: see session-page.ts. */
export function PageTurn({ filter, list }: PageTurnProps) {
  const t = useTranslations('history')
  const { found, previous, next } = list
  const notes = [
    found === null ? null : t(list.foundMore ? 'foundMore' : 'found', { count: found }),
    list.complete ? null : t('shortSearch'),
    filter.order && isByDuration(filter.order) ? t('onlyTimed') : null,
  ].filter((note) => note !== null)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-12">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="text-muted text-xs tabular-nums">{notes.join(' ')}</p>
        {/* Not a Link: a file is no page to go to. */}
        <a href={historyCsvUrl(filter)} download className={buttonClass('quiet', '!px-2')}>
          <Download aria-hidden className="size-4" />
          {t('download')}
        </a>
      </div>
      {previous || next ? (
        <nav aria-label={t('pages')} className="flex items-center gap-1">
          {previous ? (
            <>
              <Link
                prefetch={false}
                href={firstPageUrl(filter)}
                aria-label={t('first')}
                title={t('first')}
                className={ICON}
              >
                <ChevronsLeft aria-hidden className="size-4" />
              </Link>
              <Link
                prefetch={false}
                href={listUrl({ ...filter, after: undefined, before: previous })}
                className={buttonClass('plain')}
              >
                <ChevronLeft aria-hidden className="size-4" />
                {t('previous')}
              </Link>
            </>
          ) : null}
          {next ? (
            <Link
              prefetch={false}
              href={listUrl({ ...filter, before: undefined, after: next })}
              className={buttonClass('plain')}
            >
              {t('next')}
              <ChevronRight aria-hidden className="size-4" />
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}

const ICON = buttonClass('quiet', '!px-1.5')
