import type { SessionListFilter } from '@/lib/imports/session'

export const LIST_PATH = '/admin/imports'

/** The filter as an address; what is not set, and what goes without saying, stay out of it. */
function paramsOf({ status, type, who, from, to, search, order, after, before }: SessionListFilter): string {
  const params = new URLSearchParams()
  if (status) params.set('status', status)
  if (type) params.set('type', type)
  if (who !== undefined) params.set('who', String(who))
  if (from) params.set('from', from)
  if (to) params.set('to', to)
  if (search) params.set('q', search)
  if (order && order !== 'newest') params.set('sort', order)
  if (after) params.set('after', after)
  else if (before) params.set('before', before)
  return params.size > 0 ? `?${params}` : ''
}

/** The address of a page of the list. */
export const listUrl = (filter: SessionListFilter): string => `${LIST_PATH}${paramsOf(filter)}`

/** The address of the list's first page under the same filter. */
export const firstPageUrl = (filter: SessionListFilter): string =>
  listUrl({ ...filter, after: undefined, before: undefined })

/** The address of all that fits the filter, as a file. */
export const historyCsvUrl = (filter: SessionListFilter): string =>
  `${LIST_PATH}/history.csv${paramsOf({ ...filter, after: undefined, before: undefined })}`

/** Whether the filter leaves anything out. */
export const isFiltered = ({ status, type, who, from, to, search }: SessionListFilter): boolean =>
  [status, type, who, from, to, search].some((value) => value !== undefined)
