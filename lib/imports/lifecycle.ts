import { randomUUID } from 'node:crypto'
import { database, databaseTime, type Transaction } from '@/lib/db'
import { settleCancelled } from '@/lib/imports/cancel'
import type { Sentence } from '@/lib/imports/sentence'
import { isActive, movesTo } from '@/lib/imports/status'
import { attemptError, sessionError } from '@/lib/imports/stored-error'
import type { Prisma } from '@/prisma/client/client'
import type { ImportType, SessionStatus, StepKind } from '@/prisma/client/enums'

// What a worker does to a session. Every move is guarded by the transition table, every write by the attempt's token:
// an attempt that lost its claim changes nothing more (DESIGN.md §3, promise 7).

/** The right to write to a session, until somebody else claims it. */
export interface Claim {
  sessionId: number
  token: string
  types: ImportType[]
  source: string
  /** The steps still to do, in order; those that an earlier attempt completed are done. */
  steps: StepKind[]
  /** Everything is done and rolled back. */
  dryRun: boolean
  /** The operator's consent to switch off 30 % and more for this run. */
  allowMassDeactivation: boolean
  /** Problems of completed steps that are kept in full. */
  keptProblems: number
  /** When it was made, as performance.now() says. */
  claimedAt: number
}

/** The attempt may no longer write: the session was claimed again, cancelled or settled. */
export class ClaimLostError extends Error {
  override name = 'ClaimLostError'
}

/**
 * Claims a session for an attempt of its job; null when there is nothing (more) to do. Throws ClaimLostError when the
 * worker was taken for dead (./recovery.ts): its job may be another's by now.
 */
export async function claimSession(
  sessionId: number,
  job: { id: string; attempt: number; workerId: string },
): Promise<Claim | null> {
  const token = randomUUID()
  return database().$transaction(async (tx) => {
    await holdWorker(tx, job.workerId)
    const now = await databaseTime(tx)
    const { count } = await tx.importSession.updateMany({
      where: { id: sessionId, jobId: BigInt(job.id), cancelRequestedAt: null, status: { in: movesTo('IN_PROGRESS') } },
      data: {
        status: 'IN_PROGRESS',
        attemptToken: token,
        bytesTotal: null,
        bytesRead: 0,
        currentFile: null,
        ...sessionError(null),
      },
    })
    if (count === 0) return null
    await tx.importSession.updateMany({ where: { id: sessionId, startedAt: null }, data: { startedAt: now } })
    await tx.importAttempt.updateMany({
      where: { sessionId, finishedAt: null },
      data: { finishedAt: now, crashed: true, ...attemptError({ key: 'worker.gone' }) },
    })
    await tx.importAttempt.create({
      data: { token, sessionId, number: job.attempt, workerId: job.workerId, startedAt: now },
    })
    await forgetUnfinishedSteps(tx, sessionId)
    const session = await tx.importSession.findUniqueOrThrow({
      where: { id: sessionId },
      select: {
        types: true,
        source: true,
        dryRun: true,
        allowMassDeactivation: true,
        steps: { where: { status: 'PENDING' }, select: { kind: true }, orderBy: { position: 'asc' } },
      },
    })
    return {
      sessionId,
      token,
      types: session.types,
      source: session.source,
      steps: session.steps.map(({ kind }) => kind),
      dryRun: session.dryRun,
      allowMassDeactivation: session.allowMassDeactivation,
      keptProblems: await tx.importProblem.count({ where: { sessionId } }),
      claimedAt: performance.now(),
    }
  })
}

/** Locks the worker's row against being given up until the transaction ends; throws when that has happened already. */
async function holdWorker(tx: Transaction, id: string): Promise<void> {
  const [worker] = await tx.$queryRaw<{ stopped: boolean }[]>`
    select stopped_at is not null as "stopped" from workers where id = ${id} for share`
  if (worker?.stopped) throw new ClaimLostError()
}

const EMPTY_REPORT = {
  processed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  deactivated: 0,
  errors: 0,
  warnings: 0,
  linked: 0,
}

/** What an earlier attempt completed stays; but what it rehearsed was rolled back, and is rehearsed again. */
async function forgetUnfinishedSteps(tx: Transaction, sessionId: number): Promise<void> {
  await tx.importStep.updateMany({
    where: { sessionId, OR: [{ status: { not: 'COMPLETED' } }, { session: { dryRun: true } }] },
    data: { status: 'PENDING', startedAt: null, finishedAt: null, ...EMPTY_REPORT },
  })
  const completed = await tx.importStep.findMany({ where: { sessionId, status: 'COMPLETED' }, select: { kind: true } })
  const kinds = completed.map(({ kind }) => kind)
  await tx.importProblem.deleteMany({ where: { sessionId, OR: [{ step: null }, { step: { notIn: kinds } }] } })
  await tx.importProblemTotal.deleteMany({ where: { sessionId, stepName: { notIn: kinds } } })
}

/** A step has begun. Throws ClaimLostError when the attempt may no longer write. */
export async function recordStepStart({ sessionId, token }: Claim, kind: StepKind): Promise<void> {
  const count = await database().$executeRaw`
    update import_steps set status = 'RUNNING', started_at = now()
    where session_id = ${sessionId} and kind = ${kind}::step_kind
      and exists (select from import_sessions as s where s.id = session_id and s.attempt_token = ${token}::uuid for share)`
  if (count === 0) throw new ClaimLostError()
}

/** Ends a session whose steps are all done; returns how many of its records failed, in any attempt. */
export async function completeSession(claim: Claim): Promise<number> {
  const { _sum } = await database().importStep.aggregate({
    where: { sessionId: claim.sessionId },
    _sum: { errors: true },
  })
  const errors = _sum.errors ?? 0
  await settle(claim, errors > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED', null)
  return errors
}

/** Ends a session that failed for good, with the reason for the operator; false when it was cancelled instead. */
export const failSession = (claim: Claim, error: Sentence): Promise<boolean> => settle(claim, 'FAILED', error)

/** Ends a session whose attempt was told that it is cancelled. */
export async function endCancelled({ sessionId, token }: Claim): Promise<void> {
  if (!(await database().$transaction((tx) => settleCancelled(tx, sessionId, token)))) throw new ClaimLostError()
}

type Outcome = Extract<SessionStatus, 'COMPLETED' | 'COMPLETED_WITH_ERRORS' | 'FAILED'>

function settle(claim: Claim, outcome: Outcome, error: Sentence | null): Promise<boolean> {
  return endAttempt(claim, error, { status: outcome, ...sessionError(error), currentFile: null }, movesTo(outcome))
}

/**
 * Ends an attempt that failed while others are left: the session stays active and waits for the next one. False when it
 * was cancelled instead.
 */
export const recordFailedAttempt = (claim: Claim, error: Sentence): Promise<boolean> =>
  endAttempt(claim, error, { ...sessionError(error), currentFile: null }, ['IN_PROGRESS'])

/** Gives a session back to the queue, because its worker is stopping; false when it was cancelled instead. */
export function handBackSession(claim: Claim): Promise<boolean> {
  return endAttempt(claim, { key: 'worker.stopped' }, { status: 'STARTED', currentFile: null }, movesTo('STARTED'))
}

/** Ends the attempt as said, or, when somebody has cancelled the session meanwhile, as cancelled: then it returns false. */
async function endAttempt(
  { sessionId, token }: Claim,
  error: Sentence | null,
  data: Prisma.ImportSessionUncheckedUpdateManyInput & { status?: SessionStatus },
  from: SessionStatus[],
): Promise<boolean> {
  return database().$transaction(async (tx) => {
    const finishedAt = await databaseTime(tx)
    const isSettled = data.status !== undefined && !isActive(data.status)
    const { count } = await tx.importSession.updateMany({
      where: { id: sessionId, attemptToken: token, cancelRequestedAt: null, status: { in: from } },
      data: { ...data, attemptToken: null, ...(isSettled ? { finishedAt } : {}) },
    })
    if (count === 0) {
      if (await settleCancelled(tx, sessionId, token)) return false
      throw new ClaimLostError()
    }
    await tx.importAttempt.update({ where: { token }, data: { finishedAt, ...attemptError(error) } })
    await tx.importStep.updateMany({
      where: { sessionId, status: 'RUNNING' },
      data: { status: data.status === 'STARTED' ? 'PENDING' : 'FAILED', finishedAt },
    })
    return true
  })
}
