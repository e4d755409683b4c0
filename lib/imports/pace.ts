import { database } from '@/lib/db'
import { USUAL_READING_SHARE, USUAL_SECONDS_PER_RECORD } from '@/lib/imports/progress'
import type { StepKind } from '@/prisma/client/enums'

/** How fast imports are here: the shares of a progress bar. */
export interface Pace {
  /** 0…1: what reading takes of the whole. */
  readingShare: number
  secondsPerRecord: Record<StepKind, number>
}

/** What is learned from so many sessions before. */
const SESSIONS = 5
/** Steps of fewer records tell more of the database's mood than of the step. */
const RECORDS_AT_LEAST = 500

/** The pace of the last sessions that went through at the first attempt; what they do not tell is as usual. */
export async function learnPace(sessionId: number): Promise<Pace> {
  const db = database()
  const [reading] = await db.$queryRaw<{ share: number | null }[]>`
    select avg(share)::float8 as share from (
      select extract(epoch from (select min(p.started_at) from import_steps as p where p.session_id = s.id) - s.started_at)
        / nullif(extract(epoch from s.finished_at - s.started_at), 0) as share
      from import_sessions as s join import_sessions as this on this.id = ${sessionId}
      where s.id < ${sessionId} and s.id > ${sessionId} - 1000 and s.types = this.types and not s.dry_run
        and s.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS') and s.finished_at - s.started_at > interval '1 second'
        and (select count(*) from import_attempts as a where a.session_id = s.id) = 1
      order by s.id desc limit ${SESSIONS}
    ) as before`
  const steps = await db.$queryRaw<{ kind: StepKind; seconds: number }[]>`
    select kind::text as "kind", (sum(seconds) / sum(processed))::float8 as "seconds" from (
      select p.kind, p.processed, extract(epoch from p.finished_at - p.started_at) as seconds,
        row_number() over (partition by p.kind order by p.session_id desc) as place
      from import_steps as p join import_sessions as s on s.id = p.session_id
      where s.id < ${sessionId} and s.id > ${sessionId} - 1000 and not s.dry_run
        and p.status = 'COMPLETED' and p.processed >= ${RECORDS_AT_LEAST}
    ) as before
    where place <= ${SESSIONS} and seconds > 0
    group by kind`
  const share = reading?.share ?? USUAL_READING_SHARE
  return {
    readingShare: Math.min(0.9, Math.max(0.1, share)),
    secondsPerRecord: {
      ...USUAL_SECONDS_PER_RECORD,
      ...Object.fromEntries(steps.map(({ kind, seconds }) => [kind, seconds])),
    },
  }
}

export interface KnownStep {
  kind: StepKind
  completed: boolean
  /** Null: not read yet, in any attempt. */
  rowsTotal: number | null
}

/** The steps of a session, with what an attempt before has found out. */
export async function knownSteps(sessionId: number): Promise<KnownStep[]> {
  const steps = await database().importStep.findMany({
    where: { sessionId },
    select: { kind: true, status: true, rowsTotal: true },
    orderBy: { position: 'asc' },
  })
  return steps.map(({ kind, status, rowsTotal }) => ({ kind, rowsTotal, completed: status === 'COMPLETED' }))
}
