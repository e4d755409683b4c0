'use client'

import Link from 'next/link'
import { useCameFrom } from '@/components/catalog/came-from'
import { RowName } from '@/components/catalog/row-name'
import { rowUrl } from '@/components/catalog/row-url'
import type { Reference } from '@/lib/catalog/row'
import type { StepKind } from '@/prisma/client/enums'

/** The way to another row; none to what is not there yet. */
export function RowLink({ step, row }: { step: StepKind; row: Reference }) {
  const from = useCameFrom()
  const url = row.isMissing ? null : rowUrl(step, row.onecId, from)
  if (url === null) return <RowName step={step} row={row} />
  return (
    <Link href={url} prefetch={false} className="text-accent underline-offset-2 hover:underline">
      <RowName step={step} row={row} />
    </Link>
  )
}
