import type { SessionSummary, StepReport } from '@/lib/imports/session'
import { isActive } from '@/lib/imports/status'
import { may, type Permission } from '@/lib/permissions'
import type { Role, SessionStatus, StepKind } from '@/prisma/client/enums'

/** What an operator can do to a session. */
export const COMMANDS = ['retry_now', 'cancel', 'repeat', 'repeat_failed', 'delete'] as const
export type Command = (typeof COMMANDS)[number]

/** Whom the server lets do it. */
export const PERMISSION_FOR: Record<Command, Permission> = {
  retry_now: 'imports.control',
  cancel: 'imports.control',
  repeat: 'imports.start',
  repeat_failed: 'imports.start',
  delete: 'imports.delete',
}

type Session = Pick<SessionSummary, 'status' | 'jobState' | 'cancelRequestedAt' | 'dryRun'> & {
  steps?: readonly Pick<StepReport, 'kind' | 'status' | 'errors'>[]
}

/** The commands that make sense for a session as it is shown, and that this role may give. */
export function commandsFor(session: Session, role: Role): Command[] {
  const active = isActive(session.status)
  const failed = stepsToRepeat({ ...session, steps: session.steps ?? [] })
  const sensible: Record<Command, boolean> = {
    retry_now: session.jobState === 'RETRY',
    cancel: active && !session.cancelRequestedAt,
    repeat: !active,
    // All of them: that is «Повторить».
    repeat_failed: failed.length > 0 && failed.length < (session.steps?.length ?? 0),
    delete: !active,
  }
  return COMMANDS.filter((command) => sensible[command] && may(role, PERMISSION_FOR[command]))
}

/** The steps that did not complete or had errors; none of a dry run, whose steps left nothing to go on from. */
export function stepsToRepeat(session: {
  status: SessionStatus
  dryRun: boolean
  steps: readonly Pick<StepReport, 'kind' | 'status' | 'errors'>[]
}): StepKind[] {
  if (session.dryRun || isActive(session.status) || session.status === 'COMPLETED') return []
  return session.steps.filter((step) => step.status !== 'COMPLETED' || step.errors > 0).map(({ kind }) => kind)
}
