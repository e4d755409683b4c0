import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { LIST_PATH } from '@/components/imports/list-url'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { SessionList } from '@/lib/imports/session'

interface EmptyListProps {
  list: Pick<SessionList, 'anyEver' | 'complete'>
  /** Whether the filter leaves anything out; else nothing has its place in the chosen order. */
  filtered: boolean
  mayStart: boolean
}

/** Why the list is empty, and what to do about it. */
export function EmptyList({ list, filtered, mayStart }: EmptyListProps) {
  const t = useTranslations()
  if (list.anyEver) {
    const hint = filtered ? t('list.nothingFoundHint') : t('history.nothingTimed')
    return (
      <Empty title={t('list.nothingFound')} hint={list.complete ? hint : t('history.shortSearch')}>
        <Link href={LIST_PATH} className={buttonClass()}>
          {t('list.reset')}
        </Link>
      </Empty>
    )
  }
  return <Empty title={t('list.empty')} hint={mayStart ? t('list.emptyHint') : t('list.emptyHintViewer')} />
}
