import type { Client } from 'pg'
import { env } from '@/lib/env'
import type { Claim } from '@/lib/imports/lifecycle'
import { IMPORT_TYPES } from '@/lib/imports/types'
import type { StepKind } from '@/prisma/client/enums'
import type { RecordKind } from './commerceml/records'
import { ImportFailure } from './import-failure'
import type { ProblemLog } from './problem-log'
import type { ReadExport } from './read-export'
import { COMPLETE, countAbsent } from './steps/absent'
import { stepOf } from './steps/all-steps'

// What needs the whole export, and fails the session before anything is written (COMMERCEML.md §4.2).

/** The kinds of records without which a type has imported nothing (COMMERCEML.md §6). */
const MANDATORY = {
  goods: ['good'],
  offers: ['offer'],
  properties: ['property'],
  prices: ['price'],
  stock: ['stock'],
  images: ['picture'],
  customers: ['customer'],
} as const satisfies Record<Need, readonly RecordKind[]>

type Need = (typeof IMPORT_TYPES)[keyof typeof IMPORT_TYPES]['needs'][number]

export async function checkExport(
  db: Client,
  claim: Claim,
  { counts }: ReadExport,
  problems: ProblemLog,
): Promise<void> {
  for (const need of new Set(claim.types.flatMap((type): readonly Need[] => IMPORT_TYPES[type].needs))) {
    const kinds = MANDATORY[need]
    // On a retry the step may be done already, and its files were not read again.
    if (kinds.some((kind) => counts.has(kind) || !claim.steps.includes(stepOf(kind).kind))) continue
    throw new ImportFailure({ key: 'nothing', values: { what: { key: `none.${need}` } } })
  }
  for (const step of claim.steps) checkErrorShare(claim, step, countOfStep(step, counts), problems)
  if (!claim.allowMassDeactivation) await checkMassDeactivation(db, claim.steps)
}

/** Records of the step, good or bad. */
export const countOfStep = (step: StepKind, counts: Map<RecordKind, number>): number =>
  [...counts].reduce((sum, [kind, count]) => (stepOf(kind).kind === step ? sum + count : sum), 0)

/**
 * Errors beyond the limit fail the session (COMMERCEML.md §7). Who starts the type «Изображения» wants the pictures:
 * there a missing file counts as well, although elsewhere it is only a warning.
 */
export function checkErrorShare({ types }: Claim, step: StepKind, processed: number, problems: ProblemLog): void {
  const missing = types.includes('images') ? problems.countOf(step, 'warning', 'picture_missing') : 0
  const errors = problems.countOf(step, 'error') + missing
  const limit = env().IMPORT_MAX_ERROR_SHARE
  if (errors === 0 || errors <= limit * processed) return
  throw new ImportFailure({ key: 'tooManyErrors', values: { errors, processed, limit: Math.round(limit * 100) } })
}

/** A full export may switch off less than this share of what is active, unless an operator allows more for one run. */
const MASS_DEACTIVATION = 0.3

async function checkMassDeactivation(db: Client, steps: readonly StepKind[]): Promise<void> {
  for (const what of COMPLETE.filter((step) => steps.includes(step))) {
    const { active, absent } = await countAbsent(db, what)
    if (absent === 0 || absent < MASS_DEACTIVATION * active) continue
    throw new ImportFailure({ key: 'massDeactivation', values: { absent, active, what: { key: `active.${what}` } } })
  }
}
