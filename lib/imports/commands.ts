import type { z } from 'zod'
import { type Actor, recordAudit } from '@/lib/audit/commands'
import { database, databaseTime } from '@/lib/db'
import { missingKinds } from '@/lib/imports/export'
import { findExport } from '@/lib/imports/export-listing'
import { IMPORT_QUEUE, MAX_ATTEMPTS, RUN_IMPORT, type runImportPayload } from '@/lib/imports/job'
import { findActiveSession, hasProducts } from '@/lib/imports/queries'
import { type ContentKind, inOfferedOrder, needEarlierProducts, needsOf, stepsOf } from '@/lib/imports/types'
import { type DueRun, recordRunStarted, takeRun } from '@/lib/schedules/due-run'
import { Prisma } from '@/prisma/client/client'
import type { ImportType, StepKind } from '@/prisma/client/enums'

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
  /** The run of a schedule that this is; it is recorded with the session, or neither (RunTakenError, OverlapError). */
  run?: DueRun
}

export type StartResult =
  | { ok: true; sessionId: number; jobId: string }
  | { ok: false; reason: 'no_types' }
  | { ok: false; reason: 'export_missing'; source: string }
  | { ok: false; reason: 'files_missing'; kinds: ContentKind[] }
  | { ok: false; reason: 'catalogue_empty' }
  | { ok: false; reason: 'already_active'; sessionId: number }

/** Starts an import, or says why not: checks, then session, steps and job in one transaction (DESIGN.md §5). */
export async function startImport({
  source,
  actor,
  dryRun = false,
  allowMassDeactivation = false,
  run,
  ...request
}: StartRequest): Promise<StartResult> {
  const types = inOfferedOrder(request.types)
  if (types.length === 0) return { ok: false, reason: 'no_types' }
  const steps = stepsOf(types)
  return startPlanned({
    types,
    steps,
    source,
    dryRun,
    allowMassDeactivation,
    originId: null,
    actor,
    ...(run && { run }),
  })
}

/** What a new session is to be, to the last detail. */
export interface SessionPlan extends Required<Omit<StartRequest, 'run'>>, Pick<StartRequest, 'run'> {
  types: ImportType[]
  /** What runs, in order: all steps of the types, or some of them. */
  steps: StepKind[]
  /** The session it repeats. */
  originId: number | null
}

/** Starts what is planned, or says why not. */
export async function startPlanned(plan: SessionPlan): Promise<StartResult> {
  const { types, steps, source } = plan
  const summary = await findExport(source)
  if (!summary) return { ok: false, reason: 'export_missing', source }
  // What a type needs bears the name of the step that reads it.
  const needs = needsOf(types).filter((kind) => (steps as readonly string[]).includes(kind))
  const kinds = missingKinds(summary, needs)
  if (kinds.length > 0) return { ok: false, reason: 'files_missing', kinds }
  if (needEarlierProducts(types) && !(await hasProducts())) return { ok: false, reason: 'catalogue_empty' }

  const requestKey = `${types.join(',')}@${source}`
  try {
    return { ok: true, ...(await createSessionWithJob(plan, requestKey)) }
  } catch (error) {
    // The partial unique index import_sessions_one_active: somebody was faster.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
    const sessionId = await findActiveSession(requestKey)
    // It has ended in this very moment: so may this one begin.
    return sessionId === null ? startPlanned(plan) : { ok: false, reason: 'already_active', sessionId }
  }
}

const createSessionWithJob = (
  { types, steps, source, dryRun, allowMassDeactivation, originId, actor, run }: SessionPlan,
  requestKey: string,
) =>
  database().$transaction(async (tx) => {
    if (run) await takeRun(tx, run)
    const { id: sessionId } = await tx.importSession.create({
      data: {
        types,
        source,
        requestKey,
        dryRun,
        allowMassDeactivation,
        originId,
        createdById: actor?.id ?? null,
        createdAt: await databaseTime(tx),
        steps: { create: steps.map((kind, position) => ({ kind, position })) },
        scheduleId: run?.scheduleId ?? null,
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
    if (originId === null) {
      const details = { types, dryRun, ...(run ? { schedule: run.scheduleId } : {}) }
      await recordAudit(tx, actor, 'import.started', { subject: sessionId, details })
    } else {
      const details = { types, steps, dryRun, origin: originId }
      await recordAudit(tx, actor, 'import.repeated', { subject: sessionId, details })
    }
    if (run) await recordRunStarted(tx, run, sessionId)
    return { sessionId, jobId: job.id.toString() }
  })
