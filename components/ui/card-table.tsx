import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** A column: a key, its heading, and its width as a class. Fixed widths: a refresh that brings a longer word moves nothing. */
export interface Column {
  key: string
  heading: string
  width: string
  /** Where the rows can be ordered by this column: how they are now, and the address of the other way round. */
  sort?: { now: 'ascending' | 'descending' | 'none'; href: string; title: string }
}

/** A table whose rows become cards on a narrow screen. */
export function CardTable({ caption, columns, children }: { caption: string; columns: Column[]; children: ReactNode }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full table-fixed max-lg:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-line border-b bg-raised text-left text-muted text-xs max-lg:sr-only">
          <tr>
            {columns.map(({ key, heading, width, sort }) => (
              <th
                key={key}
                scope="col"
                aria-sort={sort?.now}
                className={`px-2.5 py-2 font-medium first:pl-4 last:pr-4 ${width}`}
              >
                {sort ? <SortLink heading={heading} {...sort} /> : heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:block">{children}</tbody>
      </table>
    </div>
  )
}

const ARROWS = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown }

/** A heading that orders the rows by its column. On a narrow screen there are no headings: the filter has the orders too. */
function SortLink({ heading, now, href, title }: { heading: string } & NonNullable<Column['sort']>) {
  const Arrow = ARROWS[now]
  return (
    <Link
      prefetch={false}
      href={href}
      title={title}
      className="inline-flex items-center gap-1 hover:text-ink max-lg:hidden"
    >
      {heading}
      <Arrow aria-hidden className={`size-3.5 shrink-0 ${now === 'none' ? 'opacity-50' : 'text-ink'}`} />
    </Link>
  )
}
