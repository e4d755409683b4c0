import type { Client } from 'pg'
import type { ImportEvent } from '@/lib/events/import-event'
import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'

interface JobLook {
  session: number
  look: string
}

/**
 * What pages show and no trigger tells: the queue's own rows (graphile-worker's tables are its own), and what comes
 * about by the mere passing of time, such as a worker that falls silent. One look costs one query, however many watch.
 */
export class QueueWatch {
  #jobs: Map<number, string> | null = null
  #workers = ''

  /** Forgets what it saw: the next look tells of nothing. */
  reset(): void {
    this.#jobs = null
  }

  /** What has changed since the last look. */
  async look(db: Client): Promise<ImportEvent[]> {
    const { rows } = await db.query<{ jobs: JobLook[] | null; workers: string | null }>({
      name: 'queue_watch',
      text: `
        with alive as (
          select id from workers where stopped_at is null and seen_at > now() - $1 * interval '1 millisecond'
        )
        select
          (select json_agg(json_build_object('session', s.id, 'look',
             concat_ws(' ', j.id, j.locked_by, j.attempts, j.run_at, exists (select from alive where alive.id = j.locked_by))))
           from import_sessions as s left join graphile_worker.jobs as j on j.id = s.job_id
           where s.status in ('STARTED', 'IN_PROGRESS')) as jobs,
          (select string_agg(id, ' ' order by id) from alive) as workers`,
      values: [WORKER_DEAD_AFTER_MS],
    })
    const jobs = new Map((rows[0]?.jobs ?? []).map(({ session, look }) => [session, look]))
    const workers = rows[0]?.workers ?? ''
    const before = this.#jobs
    const events: ImportEvent[] = []
    if (before) {
      for (const [session, look] of jobs) {
        if (before.get(session) !== look) events.push({ kind: 'job', session })
      }
      if (this.#workers !== workers) events.push({ kind: 'workers' })
    }
    this.#jobs = jobs
    this.#workers = workers
    return events
  }
}
