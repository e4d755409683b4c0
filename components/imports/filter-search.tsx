import { Search } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass, fieldClass } from '@/components/ui/button'

interface FilterSearchProps {
  label: string
  hint: string
  search: string | undefined
  /** The list without conditions; null when there are none. */
  resetPath: string | null
}

/** The end of every filter: the search field, the button that applies it all, and the way back to the whole list. */
export function FilterSearch({ label, hint, search, resetPath }: FilterSearchProps) {
  const t = useTranslations()
  return (
    <>
      <input
        type="search"
        name="q"
        aria-label={label}
        placeholder={hint}
        defaultValue={search ?? ''}
        maxLength={200}
        className={`${fieldClass} col-span-2 sm:w-76`}
      />
      <button type="submit" className={buttonClass()}>
        <Search aria-hidden className="size-4" />
        {t('filter.apply')}
      </button>
      {resetPath === null ? null : (
        <Link prefetch={false} href={resetPath} className={buttonClass('quiet')}>
          {t('list.reset')}
        </Link>
      )}
    </>
  )
}
