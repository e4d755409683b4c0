import { useTranslations } from 'next-intl'
import { FilterForm } from '@/components/imports/filter-form'
import { FilterSearch } from '@/components/imports/filter-search'
import { problemTitle } from '@/components/imports/problem-title'
import { problemsUrl } from '@/components/imports/problem-url'
import { fieldClass } from '@/components/ui/button'
import type { ProblemFilter, ProblemList } from '@/lib/imports/session'

interface ProblemFiltersProps {
  sessionId: number
  filter: ProblemFilter
  list: Pick<ProblemList, 'steps' | 'codes'>
}

const SELECT = `${fieldClass} min-w-0 sm:max-w-72`

/** Which of a session's problems to show; offers only what the session has. */
export function ProblemFilters({ sessionId, filter, list }: ProblemFiltersProps) {
  const t = useTranslations()
  const titles = useTranslations('problemCode')
  const { severity, step, code, search } = filter
  const path = problemsUrl(sessionId)
  const address = problemsUrl(sessionId, { severity, step, code, search })
  return (
    // Made anew when the address changes, but not by a refresh: what is being typed stays.
    <FilterForm key={address} action={path} label={t('problem.filter')}>
      <select name="severity" aria-label={t('problem.severity')} defaultValue={severity ?? ''} className={SELECT}>
        <option value="">{t('problem.anySeverity')}</option>
        <option value="error">{t('problem.onlyErrors')}</option>
        <option value="warning">{t('problem.onlyWarnings')}</option>
      </select>
      <select name="step" aria-label={t('problem.step')} defaultValue={step ?? ''} className={SELECT}>
        <option value="">{t('problem.anyStep')}</option>
        {withChosen(list.steps, step).map((value) => (
          <option key={value} value={value}>
            {value === 'session' ? t('problem.whole') : t(`step.${value}`)}
          </option>
        ))}
      </select>
      <select
        name="code"
        aria-label={t('problem.code')}
        defaultValue={code ?? ''}
        className={`${SELECT} col-span-2 sm:col-span-1`}
      >
        <option value="">{t('problem.anyCode')}</option>
        {withChosen(list.codes, code).map((value) => (
          <option key={value} value={value}>
            {problemTitle(titles, value)}
          </option>
        ))}
      </select>
      <FilterSearch
        label={t('problem.search')}
        hint={t('problem.searchHint')}
        search={search}
        resetPath={address === path ? null : path}
      />
    </FilterForm>
  )
}

/** What is on offer, and what the address asks for although there is none of it. */
const withChosen = <Value extends string>(offered: Value[], chosen: Value | undefined): Value[] =>
  chosen === undefined || offered.includes(chosen) ? offered : [...offered, chosen]
