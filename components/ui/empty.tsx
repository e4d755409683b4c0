import type { ReactNode } from 'react'

/** What stands where nothing is to be shown: what it means, and a way on. */
export function Empty({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-line border-dashed px-4 py-14 text-center">
      <p className="font-medium text-base">{title}</p>
      <p className="max-w-md text-balance text-muted">{hint}</p>
      {children ? <div className="pt-2">{children}</div> : null}
    </div>
  )
}
