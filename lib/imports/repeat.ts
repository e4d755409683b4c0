import type { Actor } from '@/lib/audit/commands'
import { database } from '@/lib/db'
import { stepsToRepeat } from '@/lib/imports/allowed'
import { type StartResult, startPlanned } from '@/lib/imports/commands'
import { isActive } from '@/lib/imports/status'
import { Prisma } from '@/prisma/client/client'

export type RepeatResult = StartResult | { ok: false; reason: 'gone' | 'active' | 'nothing_failed' }

/**
 * Starts a settled session once more: the same types, export and options, linked to its origin. `failed`: only the
 * steps that did not complete or had errors.
 */
export async function repeatSession(sessionId: number, what: 'all' | 'failed', actor: Actor): Promise<RepeatResult> {
  const origin = await database().importSession.findUnique({
    where: { id: sessionId },
    select: {
      status: true,
      types: true,
      source: true,
      dryRun: true,
      allowMassDeactivation: true,
      steps: { select: { kind: true, status: true, errors: true }, orderBy: { position: 'asc' } },
    },
  })
  // Prisma reads the steps after the session, which has some: with none, it was deleted in between.
  if (!origin || origin.steps.length === 0) return { ok: false, reason: 'gone' }
  const { status, steps, ...settings } = origin
  if (isActive(status)) return { ok: false, reason: 'active' }
  const kinds = what === 'all' ? steps.map(({ kind }) => kind) : stepsToRepeat(origin)
  if (kinds.length === 0) return { ok: false, reason: 'nothing_failed' }
  try {
    return await startPlanned({ ...settings, steps: kinds, originId: sessionId, actor })
  } catch (error) {
    // The foreign key of origin_id: somebody has deleted the origin meanwhile.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') {
      return { ok: false, reason: 'gone' }
    }
    throw error
  }
}
