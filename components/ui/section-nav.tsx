'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

interface SectionNavProps {
  label: string
  sections: readonly { href: string; title: string }[]
}

/** The sections of the admin; on a narrow screen the row scrolls sideways, and the one that is open stands in view. */
export function SectionNav({ label, sections }: SectionNavProps) {
  const path = usePathname()
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another section is open
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>('[aria-current]')
    // The row alone: scrollIntoView would move the page, too.
    if (nav.current && here) nav.current.scrollLeft = here.offsetLeft - (nav.current.clientWidth - here.offsetWidth) / 2
  }, [path])
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="relative -mb-px flex min-w-0 flex-1 gap-4 self-stretch overflow-x-auto [scrollbar-width:none]"
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
