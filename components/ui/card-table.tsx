import type { ReactNode } from 'react'

/** A column: a key, its heading, and its width as a class. Fixed widths: a refresh that brings a longer word moves nothing. */
export interface Column {
  key: string
  heading: string
  width: string
}

/** A table whose rows become cards on a narrow screen. */
export function CardTable({ caption, columns, children }: { caption: string; columns: Column[]; children: ReactNode }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full table-fixed max-lg:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-line border-b bg-raised text-left text-muted text-xs max-lg:sr-only">
          <tr>
            {columns.map(({ key, heading, width }) => (
              <th key={key} scope="col" className={`px-2.5 py-2 font-medium first:pl-4 last:pr-4 ${width}`}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:block">{children}</tbody>
      </table>
    </div>
  )
}
