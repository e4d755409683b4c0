import type { Client } from 'pg'
import type { Sentence } from '@/lib/imports/sentence'
import type { StepKind } from '@/prisma/client/enums'
import type { RecordKind, SourceRecord } from '@/worker/commerceml/records'
import type { Problem, ProblemLog } from '@/worker/problem-log'
import type { StageTable, Staging } from '@/worker/staging'

/** What one step did to the catalogue; what it could not read is counted beside it. */
export interface StepCounts {
  created: number
  updated: number
  unchanged: number
  skipped: number
  deactivated: number
  /** Rows of earlier imports whose missing reference this step brought. */
  linked: number
}

export const NOTHING: StepCounts = { created: 0, updated: 0, unchanged: 0, skipped: 0, deactivated: 0, linked: 0 }

/** Where a staged record comes from, for its problems. */
export interface Origin {
  /** Place among all records of the session: the later one wins. */
  seq: number
  /** Added to the `seq` of groups and properties, which counts within one file. */
  fileOffset: number
  /** Number of the file; its name is in the table stage_files. */
  file: number
}

export interface ApplyContext {
  db: Client
  problems: StepProblems
}

export interface PrepareContext extends ApplyContext {
  /** The export's directory. */
  source: string
  /** Its files, by number, and its folders of pictures. */
  read: { files: readonly string[]; pictureFolders: readonly string[] }
  /** Nothing may be written anywhere. */
  dryRun: boolean
  signal: AbortSignal
  /** To be told how much of it is done, 0…1. */
  onShare(share: number): void
}

export interface Step {
  kind: StepKind
  /** The kinds of records it imports. */
  records: readonly RecordKind[]
  tables: readonly StageTable[]
  stage(record: SourceRecord, origin: Origin, staging: Staging): void
  /** What has to be done outside a transaction, before it: reading and storing files. */
  prepare?(context: PrepareContext): Promise<void>
  /** Applies what is staged, in a transaction that the caller opened and ends. */
  apply(context: ApplyContext): Promise<StepCounts>
}

/** Columns of every staging table whose rows can be problems. */
export const ORIGIN_COLUMNS = { seq: 'int not null', file: 'int not null', line: 'int not null' } as const

/** Ids are compared as bytes, as in the catalogue's tables. */
export const ID = 'text collate "C" not null'
export const OPTIONAL_ID = 'text collate "C"'

interface FoundRow {
  file: number
  line: number
  external_id: string
  detail: string | null
}

/** The problems one step finds by SQL. */
export class StepProblems {
  readonly #db: Client
  readonly #log: ProblemLog
  readonly #step: StepKind
  readonly #files: readonly string[]

  constructor(db: Client, log: ProblemLog, step: StepKind, files: readonly string[]) {
    this.#db = db
    this.#log = log
    this.#step = step
    this.#files = files
  }

  /**
   * Records every row of `query` (columns file, line, external_id, detail) as a problem; returns how many there are.
   * All are counted; only as many as are kept in full are fetched.
   */
  async add(
    kind: Pick<Problem, 'severity' | 'code' | 'field'>,
    query: string,
    sentence: (detail: string) => Sentence,
  ): Promise<number> {
    const { rows: found } = await this.#db.query<{ count: number }>(
      `select count(*)::int as count from (${query}) as found`,
    )
    const count = found[0]?.count ?? 0
    if (count === 0) return 0
    this.#log.count({ step: this.#step, ...kind }, count)
    const { rows } = await this.#db.query<FoundRow>(
      `select * from (${query}) as found order by file, line limit ${this.#log.room}`,
    )
    for (const row of rows) {
      this.#log.keep({
        step: this.#step,
        ...kind,
        file: this.#files[row.file] ?? null,
        line: row.line,
        externalId: row.external_id,
        sentence: sentence(row.detail ?? ''),
      })
    }
    return count
  }
}

/** Runs a statement and returns how many rows it touched. */
export async function rowsOf(db: Client, sql: string, values: unknown[] = []): Promise<number> {
  return (await db.query(sql, values)).rowCount ?? 0
}

/** The one number that a query returns. */
export async function numberOf(db: Client, sql: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(sql)
  return Number(rows[0]?.count ?? 0)
}
