import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  grey: 'bg-grey-soft text-grey-ink',
  blue: 'bg-blue-soft text-blue-ink',
  orange: 'bg-orange-soft text-orange-ink',
  green: 'bg-green-soft text-green-ink',
  red: 'bg-red-soft text-red-ink',
  violet: 'bg-violet-soft text-violet-ink',
} as const
export type Tone = keyof typeof TONES

/** A state in a word: icon, text and colour together, so that none of them is needed to understand it. */
export function Badge({ tone, icon: Icon, spinning = false, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded-full py-0.5 pr-2 pl-1.5 font-medium text-xs',
        TONES[tone],
      )}
    >
      <Icon aria-hidden className={clsx('size-3.5 shrink-0', spinning && 'motion-safe:animate-spin')} />
      {children}
    </span>
  )
}

interface BadgeProps {
  tone: Tone
  icon: LucideIcon
  spinning?: boolean
  children: ReactNode
}
