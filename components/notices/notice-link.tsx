'use client'

import Link from 'next/link'
import { type ReactNode, startTransition } from 'react'

interface NoticeLinkProps {
  /** Of the notice. */
  id: string
  href: string
  className: string
  markRead: (form: FormData) => Promise<void>
  children: ReactNode
}

/** Opens what a notice is about; whoever does that has read it. */
export function NoticeLink({ id, href, className, markRead, children }: NoticeLinkProps) {
  const read = () => {
    const form = new FormData()
    form.set('id', id)
    startTransition(() => markRead(form).catch(() => undefined))
  }
  return (
    <Link href={href} prefetch={false} onClick={read} className={className}>
      {children}
    </Link>
  )
}
