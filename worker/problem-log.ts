import type { Client } from 'pg'
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
  message: string
}

/** Problems of one session kept in full; beyond that only the totals (COMMERCEML.md §7). */
export const KEPT_PROBLEMS = 10_000

/** The problems of one attempt: totals exact, the first 10,000 in full. */
export class ProblemLog {
  #kept: Problem[] = []
  readonly #totals = new Map<string, { problem: Pick<Problem, 'step' | 'severity' | 'code'>; count: number }>()
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
    else this.#totals.set(key, { problem: { step, severity, code }, count })
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

  /** Writes what the log holds of the chosen steps, in the caller's transaction, and forgets it. */
  async write(db: Client, sessionId: number, of: (step: StepKind | null) => boolean): Promise<void> {
    const problems = this.#kept.filter(({ step }) => of(step))
    this.#kept = this.#kept.filter(({ step }) => !of(step))
    if (problems.length > 0) {
      await db.query(
        `insert into import_problems (session_id, step, severity, code, file, line, external_id, field, message)
         select $1, p.step, p.severity, p.code, p.file, p.line, p.external_id, p.field, p.message
         from json_to_recordset($2::json) as p(
           step step_kind, severity severity, code text, file text, line int, external_id text, field text, message text
         )`,
        [sessionId, JSON.stringify(problems.map(({ externalId, ...rest }) => ({ ...rest, external_id: externalId })))],
      )
    }
    const totals = [...this.#totals].filter(([, { problem }]) => of(problem.step))
    for (const [key, { problem, count }] of totals) {
      await db.query(
        `insert into import_problem_totals (session_id, step, severity, code, count) values ($1, $2, $3, $4, $5)
         on conflict (session_id, step, severity, code) do update set count = import_problem_totals.count + excluded.count`,
        [sessionId, problem.step ?? '', problem.severity, problem.code, count],
      )
      this.#totals.delete(key)
    }
  }
}
