import { useTranslations } from 'next-intl'
import { FilterForm } from '@/components/imports/filter-form'
import { FilterSearch } from '@/components/imports/filter-search'
import { firstPageUrl, isFiltered, LIST_PATH } from '@/components/imports/list-url'
import { fieldClass } from '@/components/ui/button'
import type { SessionListFilter } from '@/lib/imports/session'
import { SESSION_ORDERS } from '@/lib/imports/session-order'
import { SESSION_STATUSES } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'

interface SessionFiltersProps {
  filter: SessionListFilter
  /** Who may have started a session. */
  starters: readonly { id: number; name: string | null; email: string }[]
}

const FIELD = `${fieldClass} min-w-0 sm:max-w-52`

/** Which sessions to show, and in which order. */
export function SessionFilters({ filter, starters }: SessionFiltersProps) {
  const t = useTranslations()
  const { status, type, who, search, order } = filter
  return (
    // Made anew when the filter changes, but not by a refresh: what is being typed stays.
    <FilterForm key={firstPageUrl(filter)} action={LIST_PATH} label={t('filter.label')}>
      <select name="status" aria-label={t('filter.status')} defaultValue={status ?? ''} className={FIELD}>
        <option value="">{t('filter.anyStatus')}</option>
        {SESSION_STATUSES.map((value) => (
          <option key={value} value={value}>
            {t(`status.${value}`)}
          </option>
        ))}
      </select>
      <select name="type" aria-label={t('filter.type')} defaultValue={type ?? ''} className={FIELD}>
        <option value="">{t('filter.anyType')}</option>
        {IMPORT_TYPE_NAMES.map((value) => (
          <option key={value} value={value}>
            {t(`importType.${value}`)}
          </option>
        ))}
      </select>
      <select name="who" aria-label={t('history.who')} defaultValue={who ?? ''} className={FIELD}>
        <option value="">{t('history.anyone')}</option>
        <option value="system">{t('history.system')}</option>
        {starters.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {name ?? email}
          </option>
        ))}
      </select>
      <select name="sort" aria-label={t('history.order')} defaultValue={order ?? ''} className={FIELD}>
        {SESSION_ORDERS.map((value) => (
          <option key={value} value={value === 'newest' ? '' : value}>
            {t(`history.orders.${value}`)}
          </option>
        ))}
      </select>
      <Day name="from" value={filter.from} />
      <Day name="to" value={filter.to} />
      <FilterSearch
        label={t('filter.search')}
        hint={t('filter.searchHint')}
        search={search}
        resetPath={isFiltered(filter) ? LIST_PATH : null}
      />
    </FilterForm>
  )
}

/** A bound of the days; its word is drawn inside the field's frame, where it takes no column of its own. */
function Day({ name, value }: { name: 'from' | 'to'; value: string | undefined }) {
  const t = useTranslations('history')
  return (
    <span
      className={`${fieldClass} flex min-w-0 items-center gap-1.5 focus-within:outline-2 focus-within:outline-accent`}
    >
      <span aria-hidden className="text-muted">
        {t(`${name}Short`)}
      </span>
      <input
        type="date"
        name={name}
        aria-label={t(name)}
        defaultValue={value ?? ''}
        className="min-w-0 flex-1 bg-transparent outline-none"
      />
    </span>
  )
}
