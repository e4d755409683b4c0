import type { ReactNode } from 'react'

/** A page that has only something to say, and a way on. */
export function MessagePage({ title, way, children }: { title: string; way: ReactNode; children: ReactNode }) {
  return (
    <main id="content" className="mx-auto max-w-xl space-y-3 px-4 py-16">
      <h1 className="font-semibold text-xl">{title}</h1>
      <div className="space-y-3 text-muted">{children}</div>
      <p className="pt-2">{way}</p>
    </main>
  )
}
