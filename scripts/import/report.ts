import type { SessionDetails } from '@/lib/imports/session'
import { stepName } from '@/scripts/import/words'

const milliseconds = (from: Date | null, to: Date | null) => (from && to ? to.getTime() - from.getTime() : null)

/** The session as other programs read it. */
export const reportObject = (session: SessionDetails) => ({
  sessionId: session.id,
  jobId: session.jobId,
  types: session.types,
  source: session.source,
  dryRun: session.dryRun,
  allowMassDeactivation: session.allowMassDeactivation,
  status: session.status,
  jobState: session.jobState,
  attempt: session.attempt,
  errorMessage: session.errorMessage,
  durationMs: milliseconds(session.startedAt, session.finishedAt),
  steps: session.steps.map(({ startedAt, finishedAt, ...step }) => ({
    ...step,
    durationMs: milliseconds(startedAt, finishedAt),
  })),
  problems: session.problems.map(({ step, severity, code, count }) => ({ step, severity, code, count })),
})

/** The session as a person reads it: a line for each step that ran. */
export function reportLines(session: SessionDetails): string[] {
  const columns = ['Обработано', 'Создано', 'Изменено', 'Без изм.', 'Пропущено', 'Отключено', 'Ошибки', 'с']
  const heading = ['Этап'.padEnd(14), ...columns.map((title) => title.padStart(11))].join('')
  const rows = session.steps.map((step) => {
    const seconds = milliseconds(step.startedAt, step.finishedAt)
    const { processed, created, updated, unchanged, skipped, deactivated, errors } = step
    const cells = [
      processed,
      created,
      updated,
      unchanged,
      skipped,
      deactivated,
      errors,
      seconds === null ? '—' : seconds / 1000,
    ]
    return [stepName[step.kind].padEnd(14), ...cells.map((cell) => `${cell}`.padStart(11))].join('')
  })
  return [heading, ...rows]
}
