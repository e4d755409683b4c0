import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { SessionDetails } from '@/lib/imports/session'

/** The session that this one repeats, and those that repeat this one; nothing where there are none. */
export function SessionKinship({ session: { origin, repeats } }: { session: SessionDetails }) {
  const t = useTranslations('control')
  if (origin === null && repeats.length === 0) return null
  return (
    <p className="flex flex-wrap gap-x-4 text-muted">
      {origin === null ? null : (
        <span>
          {t('originOf')} <SessionLink id={origin} />
        </span>
      )}
      {repeats.length === 0 ? null : (
        <span className="flex flex-wrap gap-x-2">
          {t('repeats', { count: repeats.length })}
          {repeats.map((id) => (
            <SessionLink key={id} id={id} />
          ))}
        </span>
      )}
    </p>
  )
}

const SessionLink = ({ id }: { id: number }) => (
  <Link href={`/admin/imports/${id}`} prefetch={false} className="text-accent tabular-nums underline">
    {id}
  </Link>
)
