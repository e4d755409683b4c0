import type { SessionSummary } from '@/lib/imports/session'
import type { StepKind } from '@/prisma/client/enums'

/** Where a session is, for one line under its bar. */
export type Stage =
  | { kind: 'queued' }
  | { kind: 'reading' }
  | { kind: 'step'; number: number; total: number; step: StepKind | null }
  | { kind: 'retry' }
  | { kind: 'lost' }
  | { kind: 'done'; total: number }
  | { kind: 'stopped'; done: number; total: number }

/** What the session is at, told from what the list knows of it. */
export function stageOf(
  session: Pick<SessionSummary, 'status' | 'jobState' | 'currentStep' | 'currentFile' | 'stepsDone' | 'stepsTotal'>,
): Stage {
  const { stepsDone: done, stepsTotal: total } = session
  switch (session.status) {
    case 'COMPLETED':
    case 'COMPLETED_WITH_ERRORS':
      return { kind: 'done', total }
    case 'FAILED':
    case 'CANCELLED':
      return { kind: 'stopped', done, total }
    case 'STARTED':
    case 'IN_PROGRESS':
      if (session.jobState === 'LOST') return { kind: 'lost' }
      if (session.jobState === 'RETRY') return { kind: 'retry' }
      if (session.jobState === 'PENDING' || session.status === 'STARTED') return { kind: 'queued' }
      if (session.currentStep)
        return { kind: 'step', number: Math.min(done + 1, total), total, step: session.currentStep }
      // A retry reads the files again, although some steps are done already.
      if (session.currentFile !== null || done === 0) return { kind: 'reading' }
      return { kind: 'step', number: Math.min(done + 1, total), total, step: null }
  }
}
