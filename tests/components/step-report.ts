import type { StepReport } from '@/lib/imports/session'

/** The report of a completed step that created as many rows as it had records, unless told otherwise. */
export const stepReport = ({
  processed = 1,
  ...changes
}: Partial<StepReport> & Pick<StepReport, 'kind'>): StepReport => ({
  status: 'COMPLETED',
  processed,
  created: processed,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  deactivated: 0,
  errors: 0,
  warnings: 0,
  linked: 0,
  rowsTotal: processed,
  changes: null,
  startedAt: null,
  finishedAt: null,
  ...changes,
})
