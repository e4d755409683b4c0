import { Fragment } from 'react'
import { RowLink } from '@/components/catalog/row-link'
import type { Reference } from '@/lib/catalog/row'

/** Groups from the root down. */
export function Path({ groups }: { groups: Reference[] }) {
  return groups.map((group, index) => (
    <Fragment key={group.onecId}>
      {index > 0 ? <span className="text-muted"> / </span> : null}
      <RowLink step="groups" row={group} />
    </Fragment>
  ))
}
