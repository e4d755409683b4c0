import type { z } from 'zod'
import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database } from '@/lib/db'
import { missingKinds } from '@/lib/imports/export'
import { findExport } from '@/lib/imports/export-listing'
import { IMPORT_QUEUE, MAX_ATTEMPTS, RUN_IMPORT, type runImportPayload } from '@/lib/imports/job'
import { findActiveSession, hasProducts } from '@/lib/imports/queries'
import { type ContentKind, inOfferedOrder, needEarlierProducts, needsOf, stepsOf } from '@/lib/imports/types'
import { Prisma } from '@/prisma/client/client'
import type { ImportType } from '@/prisma/client/enums'

export interface StartRequest {
  types: readonly ImportType[]
  /** Absolute path of the export. */
  source: string
  /** Do everything and roll it back: the same report, and not one row written. */
  dryRun?: boolean
  /** Consent to a full export that switches off 30 % and more of what is active (COMMERCEML.md §5). */
  allowMassDeactivation?: boolean
  /** Who asks. */
  actor: Actor
}

export type StartResult =
  | { ok: true; sessionId: number; jobId: string }
  | { ok: false; reason: 'no_types' }
  | { ok: false; reason: 'export_missing'; source: string }
  | { ok: false; reason: 'files_missing'; kinds: ContentKind[] }
  | { ok: false; reason: 'catalogue_empty' }
  | { ok: false; reason: 'already_active'; sessionId: number }

/** Starts an import, or says why not: checks, then session, steps and job in one transaction (DESIGN.md §5). */
export async function startImport(request: StartRequest): Promise<StartResult> {
  const types = inOfferedOrder(request.types)
  if (types.length === 0) return { ok: false, reason: 'no_types' }

  const summary = await findExport(request.source)
  if (!summary) return { ok: false, reason: 'export_missing', source: request.source }
  const kinds = missingKinds(summary, needsOf(types))
  if (kinds.length > 0) return { ok: false, reason: 'files_missing', kinds }
  if (needEarlierProducts(types) && !(await hasProducts())) return { ok: false, reason: 'catalogue_empty' }

  const requestKey = `${types.join(',')}@${request.source}`
  try {
    return { ok: true, ...(await createSessionWithJob(types, requestKey, request)) }
  } catch (error) {
    // The partial unique index import_sessions_one_active: somebody was faster.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
    const sessionId = await findActiveSession(requestKey)
    // It has ended in this very moment: so may this one begin.
    return sessionId === null ? startImport(request) : { ok: false, reason: 'already_active', sessionId }
  }
}

const createSessionWithJob = (
  types: ImportType[],
  requestKey: string,
  { source, actor, dryRun = false, allowMassDeactivation = false }: StartRequest,
) =>
  database().$transaction(async (tx) => {
    const { id: sessionId } = await tx.importSession.create({
      data: {
        types,
        source,
        requestKey,
        dryRun,
        allowMassDeactivation,
        createdById: actor?.id ?? null,
        steps: { create: stepsOf(types).map((kind, position) => ({ kind, position })) },
      },
      select: { id: true },
    })
    const payload: z.input<typeof runImportPayload> = { sessionId }
    const [job] = await tx.$queryRaw<{ id: bigint }[]>`
      select id from graphile_worker.add_job(
        ${RUN_IMPORT}, ${JSON.stringify(payload)}::json, queue_name := ${IMPORT_QUEUE}, max_attempts := ${MAX_ATTEMPTS}::int
      )`
    if (!job) throw new Error('graphile_worker.add_job returned no job')
    await tx.importSession.update({ where: { id: sessionId }, data: { jobId: job.id }, select: { id: true } })
    await recordAudit(tx, actor, 'import.started', { subject: sessionId, details: { types, dryRun } })
    return { sessionId, jobId: job.id.toString() }
  })
