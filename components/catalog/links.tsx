import { RowLink } from '@/components/catalog/row-link'
import type { Reference } from '@/lib/catalog/row'
import type { StepKind } from '@/prisma/client/enums'

/** Other rows one under the other, in columns where there is room. */
export function Links({ step, rows }: { step: StepKind; rows: Reference[] }) {
  return (
    <ul className="gap-x-8 sm:columns-2 lg:columns-3">
      {rows.map((row) => (
        <li key={row.onecId} className="break-inside-avoid py-0.5 [overflow-wrap:anywhere]">
          <RowLink step={step} row={row} />
        </li>
      ))}
    </ul>
  )
}
