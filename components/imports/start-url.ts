import type { SessionDetails } from '@/lib/imports/session'

/** The start form with the choices of an earlier session made already. */
export const startUrl = ({ types }: Pick<SessionDetails, 'types'>): string =>
  `/admin/imports/new?${new URLSearchParams(types.map((type) => ['type', type]))}`
