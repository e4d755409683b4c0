import { database } from '@/lib/db'
import { type Claim, ClaimLostError } from '@/lib/imports/lifecycle'
import type { StepKind } from '@/prisma/client/enums'

export interface ProgressRecord {
  share: number
  bytesTotal: number
  bytesRead: number
  currentFile: string | null
  fileNumber: number | null
  filesTotal: number
  rowsDone: number
  recordsPerSecond: number | null
  secondsLeft: number | null
}

/**
 * Tells how far the session is. It never goes back within an attempt: `isFirst` says that one has begun.
 * Throws ClaimLostError when the attempt may no longer write.
 */
export async function recordProgress(
  { sessionId, token }: Claim,
  progress: ProgressRecord,
  isFirst: boolean,
): Promise<void> {
  const count = await database().$executeRaw`
    update import_sessions set
      progress = case when ${isFirst} then ${progress.share}::float8 else greatest(progress, ${progress.share}::float8) end,
      bytes_total = ${progress.bytesTotal}, bytes_read = ${progress.bytesRead}, current_file = ${progress.currentFile},
      file_number = ${progress.fileNumber}::int, files_total = ${progress.filesTotal}::int, rows_done = ${progress.rowsDone}::int,
      records_per_second = ${progress.recordsPerSecond}::float8, seconds_left = ${progress.secondsLeft}::int,
      progress_at = clock_timestamp()
    where id = ${sessionId} and attempt_token = ${token}::uuid`
  if (count === 0) throw new ClaimLostError()
}

/** How many records each step has to do. */
export async function recordRows({ sessionId, token }: Claim, rows: ReadonlyMap<StepKind, number>): Promise<void> {
  const json = JSON.stringify([...rows].map(([kind, total]) => ({ kind, total })))
  await database().$executeRaw`
    update import_steps as p set rows_total = found.total
    from json_to_recordset(${json}::json) as found(kind step_kind, total int)
    where p.session_id = ${sessionId} and p.kind = found.kind
      and exists (select from import_sessions as s where s.id = ${sessionId} and s.attempt_token = ${token}::uuid)`
}
