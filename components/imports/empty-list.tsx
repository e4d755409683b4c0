import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { LIST_PATH } from '@/components/imports/list-url'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

/** Why the list is empty, and what to do about it. */
export function EmptyList({ anyEver, mayStart }: { anyEver: boolean; mayStart: boolean }) {
  const t = useTranslations('list')
  if (anyEver) {
    return (
      <Empty title={t('nothingFound')} hint={t('nothingFoundHint')}>
        <Link href={LIST_PATH} className={buttonClass()}>
          {t('reset')}
        </Link>
      </Empty>
    )
  }
  return <Empty title={t('empty')} hint={mayStart ? t('emptyHint') : t('emptyHintViewer')} />
}
