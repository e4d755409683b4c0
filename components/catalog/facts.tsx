import type { ReactNode } from 'react'

/** A name and a value; without one there is nothing to show. */
export type Fact = readonly [name: ReactNode, value: ReactNode]

// The outer lines of the outer cells lie under the frame.
const CELL = '-mr-px -mb-px space-y-0.5 border-line border-r border-b px-3.5 py-2 only:col-span-full'

/** Names and values, close together. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface md:grid-cols-3 lg:grid-cols-4">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: 1C may repeat a name
          <div key={index} className={CELL}>
            <dt className="text-muted text-xs [overflow-wrap:anywhere]">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
