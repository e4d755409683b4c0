import { database } from '@/lib/db'
import type { ImportType, SessionStatus } from '@/prisma/client/enums'

/**
 * What leaves the house of a session: types, outcome and counts. Never the text of an error or a problem: it may quote
 * what stands in the export, and so somebody's name or phone.
 */
export interface SessionNews {
  id: number
  status: SessionStatus
  types: ImportType[]
  startedAt: Date | null
  finishedAt: Date | null
  processed: number
  created: number
  updated: number
  deactivated: number
  errors: number
  warnings: number
}

/** Reads what can be told of a session. */
export async function readSessionNews(id: number): Promise<SessionNews> {
  const { steps, ...session } = await database().importSession.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      status: true,
      types: true,
      startedAt: true,
      finishedAt: true,
      steps: {
        where: { status: 'COMPLETED' },
        select: { processed: true, created: true, updated: true, deactivated: true, errors: true, warnings: true },
      },
    },
  })
  const sum = (key: keyof (typeof steps)[number]) => steps.reduce((total, step) => total + step[key], 0)
  return {
    ...session,
    processed: sum('processed'),
    created: sum('created'),
    updated: sum('updated'),
    deactivated: sum('deactivated'),
    errors: sum('errors'),
    warnings: sum('warnings'),
  }
}
