import type { Client } from 'pg'
import { database } from '@/lib/db'
import { inRussian } from '@/lib/imports/in-russian'
import type { Claim } from '@/lib/imports/lifecycle'
import { type Sentence, storable } from '@/lib/imports/sentence'
import type { StepKind } from '@/prisma/client/enums'
import type { ProblemCode } from '@/worker/commerceml/problem-codes'

export interface Problem {
  /** Null: the session as a whole. */
  step: StepKind | null
  severity: 'error' | 'warning'
  code: ProblemCode
  file: string | null
  line: number | null
  externalId: string | null
  field: string | null
  sentence: Sentence
}

/** Problems of one session kept in full; beyond that only the totals (COMMERCEML.md §7). */
export const KEPT_PROBLEMS = 10_000

/** The problems of one attempt: totals exact, the first 10,000 in full. */
export class ProblemLog {
  /** Those not written yet. */
  #kept: Problem[] = []
  readonly #totals = new Map<string, Total>()
  #room: number

  /** `alreadyKept`: those of steps that an earlier attempt completed. */
  constructor(alreadyKept = 0) {
    this.#room = KEPT_PROBLEMS - alreadyKept
  }

  readonly #skipped = new Map<StepKind, number>()

  /** Counts records of the step that were left out on purpose. */
  skip(step: StepKind, count = 1): void {
    this.#skipped.set(step, this.skippedOf(step) + count)
  }

  skippedOf(step: StepKind): number {
    return this.#skipped.get(step) ?? 0
  }

  /** How many more would be kept in full. */
  get room(): number {
    return this.#room
  }

  /** Records one problem, which stands for `count` of its kind. */
  add(problem: Problem): void {
    this.count(problem, 1)
    this.keep(problem)
  }

  count({ step, severity, code }: Pick<Problem, 'step' | 'severity' | 'code'>, count: number): void {
    if (count === 0) return
    const key = `${step} ${severity} ${code}`
    const total = this.#totals.get(key)
    if (total) total.count += count
    else this.#totals.set(key, { problem: { step, severity, code }, count, written: 0 })
  }

  keep(problem: Problem): void {
    if (this.#room <= 0) return
    this.#room--
    // A copy: an id may be a slice of what was read with it, and would keep all of that in memory.
    this.#kept.push(structuredClone(problem))
  }

  /** Problems of the step so far, of one code or of all. */
  countOf(step: StepKind, severity: Problem['severity'], code?: ProblemCode): number {
    let count = 0
    for (const { problem, count: found } of this.#totals.values()) {
      if (problem.step === step && problem.severity === severity && (!code || problem.code === code)) count += found
    }
    return count
  }

  /** Writes what the log holds of the chosen steps, in the caller's transaction, and keeps no more than the counts. */
  async write(db: Client, sessionId: number, of: (step: StepKind | null) => boolean): Promise<void> {
    const taken = this.#take(of)
    if (taken) await db.query(WRITE, [sessionId, taken.problems, taken.totals, null])
  }

  /** Writes what is known by now, for the page to show it while the attempt still runs; only under its token. */
  async writeSoFar({ sessionId, token }: Claim): Promise<void> {
    const before = { kept: this.#kept, written: [...this.#totals.values()].map((total) => total.written) }
    const taken = this.#take(() => true)
    if (!taken) return
    try {
      await database().$executeRawUnsafe(WRITE, sessionId, taken.problems, taken.totals, token)
    } catch (error) {
      this.#kept = before.kept
      for (const [i, total] of [...this.#totals.values()].entries()) total.written = before.written[i] ?? 0
      throw error
    }
  }

  /** What is to be written, as JSON; from here on it counts as written. Null when there is nothing. */
  #take(of: (step: StepKind | null) => boolean): { problems: string; totals: string } | null {
    const problems = this.#kept.filter(({ step }) => of(step))
    const totals = [...this.#totals.values()].filter(
      ({ problem, count, written }) => of(problem.step) && count > written,
    )
    if (totals.length === 0) return null
    const rows = totals.map(({ problem, count, written }) => ({ ...problem, count: count - written }))
    this.#kept = this.#kept.filter(({ step }) => !of(step))
    for (const total of totals) total.written = total.count
    return {
      problems: JSON.stringify(
        problems.map(({ externalId, sentence: told, ...rest }) => {
          const sentence = storable(told)
          return { ...rest, external_id: externalId, sentence, message: inRussian(sentence) }
        }),
      ),
      totals: JSON.stringify(rows),
    }
  }
}

interface Total {
  problem: Pick<Problem, 'step' | 'severity' | 'code'>
  count: number
  /** How many of them the database has. */
  written: number
}

/** Session, problems and totals as JSON, and the token that must be valid, or null. */
const WRITE = `
  with held as (
    select from import_sessions
    where id = $1::int and ($4::uuid is null or (attempt_token = $4::uuid and cancel_requested_at is null))
    for share
  ), kept as (
    insert into import_problems (session_id, step, severity, code, file, line, external_id, field, message, sentence)
    select $1::int, p.step, p.severity, p.code, p.file, p.line, p.external_id, p.field, p.message, p.sentence
    from held, json_to_recordset($2::json) as p(
      step step_kind, severity severity, code text, file text, line int, external_id text, field text, message text,
      sentence jsonb
    )
  )
  insert into import_problem_totals (session_id, step, severity, code, count)
  select $1::int, coalesce(t.step, ''), t.severity, t.code, t.count
  from held, json_to_recordset($3::json) as t(step text, severity severity, code text, count int)
  on conflict (session_id, step, severity, code) do update set count = import_problem_totals.count + excluded.count`
