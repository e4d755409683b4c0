import clsx from 'clsx'

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:opacity-90 border-transparent font-medium',
  danger: 'bg-surface text-red-ink border-red-ink/50 hover:bg-red-soft font-medium',
  plain: 'bg-surface text-ink border-control hover:bg-raised',
  quiet: 'border-transparent text-muted hover:text-ink hover:bg-raised',
} as const

/** The looks of a button, for `<button>` and for links that act as one. */
export const buttonClass = (variant: keyof typeof VARIANTS = 'plain', extra?: string): string =>
  clsx(
    'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-3 py-1 whitespace-nowrap',
    'disabled:cursor-not-allowed disabled:opacity-50',
    VARIANTS[variant],
    extra,
  )

/** The looks of a text field or a select. */
export const fieldClass =
  'min-h-8 rounded-md border border-control bg-surface px-2.5 py-1 text-ink placeholder:text-muted'
