import type { SessionListFilter } from '@/lib/imports/session'

export const LIST_PATH = '/admin/imports'

/** The address of the list under a filter; what is not set, and the first page, stay out of it. */
export function listUrl({ status, type, search, page }: SessionListFilter): string {
  const params = new URLSearchParams()
  if (status) params.set('status', status)
  if (type) params.set('type', type)
  if (search) params.set('q', search)
  if (page > 1) params.set('page', String(page))
  return params.size > 0 ? `${LIST_PATH}?${params}` : LIST_PATH
}
