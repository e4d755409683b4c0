import type { ReactNode } from 'react'
import { TableFrame } from '@/components/imports/section'

/** A small table with a heading a column. */
export function Table({ label, columns, children }: { label: string; columns: string[]; children: ReactNode }) {
  return (
    <TableFrame label={label}>
      <table className="w-full text-left">
        <thead className="border-line border-b bg-raised text-muted text-xs">
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-2.5 py-2 font-medium first:pl-3.5 last:pr-3.5">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </TableFrame>
  )
}

/** The looks of its rows and cells. */
export const ROW = 'border-line border-b align-top last:border-b-0'
export const CELL = 'px-2.5 py-1.5 first:pl-3.5 last:pr-3.5'
