import { Search } from 'lucide-react'
import Form from 'next/form'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { AUDIT_PATH, type AuditAddress, auditUrl } from '@/components/audit/audit-url'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { NOBODY } from '@/lib/audit/nobody'

interface AuditFiltersProps {
  address: AuditAddress
  actors: { id: number; email: string }[]
}

const SELECT = `${fieldClass} min-w-0`

/** Whose entries to show, of what, and of which days; a GET form, so that the answer has an address. */
export function AuditFilters({ address, actors }: AuditFiltersProps) {
  const t = useTranslations()
  const words = useTranslations('audit')
  const { before: _before, after: _after, ...conditions } = address
  const { who, action, from, to } = conditions
  const here = auditUrl(conditions)
  return (
    <Form
      key={here}
      action={AUDIT_PATH}
      role="search"
      aria-label={t('auditLog.filter')}
      className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
    >
      <select name="who" aria-label={t('auditLog.who')} defaultValue={who ?? ''} className={`${SELECT} sm:max-w-60`}>
        <option value="">{t('auditLog.anybody')}</option>
        <option value={NOBODY}>{t('auditLog.system')}</option>
        {actors.map(({ id, email }) => (
          <option key={id} value={id}>
            {email}
          </option>
        ))}
      </select>
      <select name="action" aria-label={t('auditLog.what')} defaultValue={action ?? ''} className={SELECT}>
        <option value="">{t('auditLog.anything')}</option>
        {AUDIT_ACTIONS.map((value) => (
          <option key={value} value={value}>
            {words.has(value as never) ? words(value as never) : value}
          </option>
        ))}
      </select>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="flex min-w-0 items-center gap-1.5">
          <span className="shrink-0 text-muted text-xs">{t(`auditLog.${name}`)}</span>
          <input type="date" name={name} defaultValue={{ from, to }[name] ?? ''} className={`${SELECT} w-full`} />
        </label>
      ))}
      <button type="submit" className={buttonClass()}>
        <Search aria-hidden className="size-4" />
        {t('filter.apply')}
      </button>
      {here === AUDIT_PATH ? null : (
        <Link href={AUDIT_PATH} className={buttonClass('quiet')}>
          {t('list.reset')}
        </Link>
      )}
    </Form>
  )
}
