import type { ProblemFilter } from '@/lib/imports/session'

const paramsOf = ({ severity, step, code, search, page = 1 }: Partial<ProblemFilter>): string => {
  const params = new URLSearchParams()
  if (severity) params.set('severity', severity)
  if (step) params.set('step', step)
  if (code) params.set('code', code)
  if (search) params.set('q', search)
  if (page > 1) params.set('page', String(page))
  return params.size > 0 ? `?${params}` : ''
}

/** The address of a session's problems under a filter; what is not set, and the first page, stay out of it. */
export const problemsUrl = (sessionId: number, filter: Partial<ProblemFilter> = {}): string =>
  `/admin/imports/${sessionId}/problems${paramsOf(filter)}`

/** The same problems as a file, all pages of them. */
export const problemsCsvUrl = (sessionId: number, filter: Partial<ProblemFilter> = {}): string =>
  `/admin/imports/${sessionId}/problems.csv${paramsOf({ ...filter, page: 1 })}`
