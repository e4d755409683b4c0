import { useSearchParams } from 'next/navigation'
import { sessionIdOf } from '@/lib/imports/session-id'

/** The session that the reader came from, as the address says; it goes along from row to row. */
export function useCameFrom(): number | null {
  const from = useSearchParams()?.get('from')
  return from ? sessionIdOf(from) : null
}
