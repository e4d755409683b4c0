import clsx from 'clsx'
import { CircleCheck, CircleX, FlaskConical, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const KINDS = {
  info: { icon: Info, look: 'border-grey-ink/25 bg-grey-soft', ink: 'text-grey-ink' },
  good: { icon: CircleCheck, look: 'border-green-ink/25 bg-green-soft', ink: 'text-green-ink' },
  warning: { icon: TriangleAlert, look: 'border-orange-ink/25 bg-orange-soft', ink: 'text-orange-ink' },
  bad: { icon: CircleX, look: 'border-red-ink/25 bg-red-soft', ink: 'text-red-ink' },
  trial: { icon: FlaskConical, look: 'border-violet-ink/25 bg-violet-soft', ink: 'text-violet-ink' },
} as const satisfies Record<string, { icon: LucideIcon; look: string; ink: string }>

interface NoticeProps {
  kind: keyof typeof KINDS
  /** `alert` for what answers an action and must be heard at once. */
  role?: 'status' | 'alert'
  id?: string
  /** What stands at the right, such as a way to dismiss it. */
  aside?: ReactNode
  children: ReactNode
}

/** A framed message in the flow of the page. */
export function Notice({ kind, role, id, aside, children }: NoticeProps) {
  const { icon: Icon, look, ink } = KINDS[kind]
  return (
    <div id={id} role={role} className={clsx('flex gap-2.5 rounded-lg border px-3 py-2.5', look)}>
      <Icon aria-hidden className={clsx('mt-px size-4.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1 space-y-1 [overflow-wrap:anywhere]">{children}</div>
      {aside}
    </div>
  )
}
