import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'

/** The way on from a page that shows nothing. */
export function ToImports({ children }: { children: string }) {
  return (
    <Link href="/admin/imports" className={buttonClass()}>
      {children}
    </Link>
  )
}
