'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

interface SectionNavProps {
  label: string
  sections: readonly { href: string; title: string }[]
}

/** The sections of the admin; on a narrow screen the row scrolls sideways. */
export function SectionNav({ label, sections }: SectionNavProps) {
  const path = usePathname()
  return (
    <nav
      aria-label={label}
      className="-mb-px flex min-w-0 flex-1 gap-4 self-stretch overflow-x-auto [scrollbar-width:none]"
    >
      {sections.map(({ href, title }) => {
        const here = path === href || path.startsWith(`${href}/`)
        return (
          <Link
            prefetch={false}
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={clsx(
              'flex min-h-10 shrink-0 items-center border-b-2 whitespace-nowrap',
              here ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {title}
          </Link>
        )
      })}
    </nav>
  )
}
