import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { FilterSearch } from '@/components/imports/filter-search'
import { LIST_PATH, listUrl } from '@/components/imports/list-url'
import { fieldClass } from '@/components/ui/button'
import type { SessionListFilter } from '@/lib/imports/session'
import { SESSION_STATUSES } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'

const SELECT = `${fieldClass} min-w-0`

/** Which sessions to show; a GET form, so that the answer has an address. */
export function SessionFilters({ filter }: { filter: SessionListFilter }) {
  const t = useTranslations()
  const { status, type, search } = filter
  return (
    <Form
      // Made anew when the address changes, but not by a refresh: what is being typed stays.
      key={listUrl({ status, type, search, page: 1 })}
      action={LIST_PATH}
      role="search"
      aria-label={t('filter.label')}
      className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap"
    >
      <select name="status" aria-label={t('filter.status')} defaultValue={status ?? ''} className={SELECT}>
        <option value="">{t('filter.anyStatus')}</option>
        {SESSION_STATUSES.map((value) => (
          <option key={value} value={value}>
            {t(`status.${value}`)}
          </option>
        ))}
      </select>
      <select name="type" aria-label={t('filter.type')} defaultValue={type ?? ''} className={SELECT}>
        <option value="">{t('filter.anyType')}</option>
        {IMPORT_TYPE_NAMES.map((value) => (
          <option key={value} value={value}>
            {t(`importType.${value}`)}
          </option>
        ))}
      </select>
      <FilterSearch
        label={t('filter.search')}
        hint={t('filter.searchHint')}
        search={search}
        resetPath={status || type || search ? LIST_PATH : null}
      />
    </Form>
  )
}
