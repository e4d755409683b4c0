'use client'

import clsx from 'clsx'
import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'

interface CopyButtonProps {
  /** What goes to the clipboard. */
  value: string
  /** What is shown; nothing beside the value itself. */
  children?: string
  label: string
  title?: string
  className?: string
}

const CONFIRMED_FOR_MS = 2000

/** A small text that copies itself when pressed, and says so for two seconds. */
export function CopyButton({ value, children, label, title = label, className }: CopyButtonProps) {
  const t = useTranslations('app')
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRMED_FOR_MS)
    return () => clearTimeout(timer)
  }, [copied])

  const Icon = copied ? Check : Copy
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={title}
        onClick={async () => setCopied(await copy(value))}
        className={clsx(
          '-mx-1 inline-flex items-center gap-1 rounded px-1 py-0.5 text-muted text-xs tabular-nums hover:bg-raised hover:text-ink',
          !children && 'size-6 shrink-0 justify-center',
          className,
        )}
      >
        {children}
        <Icon aria-hidden className={clsx('size-3 shrink-0', copied && 'text-green-ink')} />
      </button>
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  )
}

async function copy(text: string): Promise<boolean> {
  try {
    // Absent over plain http on anything but localhost.
    if (navigator.clipboard) await navigator.clipboard.writeText(text)
    else copyBySelection(text)
    return true
  } catch {
    return false
  }
}

function copyBySelection(text: string) {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  try {
    if (!document.execCommand('copy')) throw new Error('The browser refused to copy')
  } finally {
    field.remove()
  }
}
