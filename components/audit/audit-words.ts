import { useTranslations } from 'next-intl'
import type { AuditRow } from '@/lib/audit/queries'

/** Where the things are that actions are done to, by the first word of the action; `*` stands for the id. */
const PLACES: Record<string, `/admin/${string}` | undefined> = {
  import: '/admin/imports/*',
  user: '/admin/users/*',
  sign_in: '/admin/users/*',
  schedule: '/admin/schedules/*',
}

type Fields = Record<string, unknown>

/**
 * What an entry says to people. An action or a detail that these pages have no words for is shown as it is recorded:
 * the log outlives the code that wrote it, and is written by newer code than its pages.
 */
export function useAuditWords() {
  const t = useTranslations()
  const audit = useTranslations('audit')
  const known = (key: string) => audit.has(key as never)
  const word = (key: string) => audit(key as never)
  const has = (key: string) => t.has(key as never)

  const kindOf = ({ action }: AuditRow) => action.split('.', 1)[0] ?? ''
  const fieldsOf = ({ details }: AuditRow): Fields =>
    details !== null && typeof details === 'object' && !Array.isArray(details) ? details : {}
  /** A role, an import type, a status or a step in words, a list of them, or what it is. */
  const wordsFor = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(wordsFor).join(', ')
    if (typeof value !== 'string') return value === null ? '—' : JSON.stringify(value)
    for (const key of [`role.${value}`, `importType.${value}`, `status.${value}`, `step.${value}`])
      if (/^\w+$/.test(value) && has(key)) return t(key as never)
    return value
  }

  return {
    title: {
      action: ({ action }: AuditRow) => (/^[\w.]+$/.test(action) && known(action) ? word(action) : action),
      actor: ({ action }: AuditRow) => t(action === 'sign_in.failed' ? 'auditLog.unknown' : 'auditLog.system'),
    },
    /** What it was done to, and where that is; null when it was done to nothing in particular. */
    subject(row: AuditRow): { text: string; href: string | null } | null {
      if (row.subject === null) return null
      const kind = kindOf(row)
      const { email, name } = fieldsOf(row)
      const named = [email, name].find((value) => typeof value === 'string')
      const numbered = has(`auditLog.subjects.${kind}`)
        ? t(`auditLog.subjects.${kind}` as never, { id: row.subject } as never)
        : row.subject
      const place = Object.hasOwn(PLACES, kind) ? PLACES[kind] : undefined
      return {
        text: typeof named === 'string' ? named : numbered,
        href: place?.replace('*', encodeURIComponent(row.subject)) ?? null,
      }
    },
    /** What else was recorded, in one line; null when nothing was. */
    details(row: AuditRow): string | null {
      const { email: _email, name: _name, from, to, ...rest } = fieldsOf(row)
      const parts = from !== undefined && to !== undefined ? [`${wordsFor(from)} → ${wordsFor(to)}`] : []
      for (const [key, value] of Object.entries(rest)) {
        if (value === false || value === null) continue
        const label = has(`auditLog.details.${key}`) && /^\w+$/.test(key) ? t(`auditLog.details.${key}` as never) : key
        parts.push(value === true ? label : `${label}: ${wordsFor(value)}`)
      }
      return parts.join(' · ') || null
    },
  }
}
