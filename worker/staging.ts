import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A temporary table: name → column → SQL type. */
export interface StageTable {
  name: string
  columns: Record<string, string>
}

export type Cell = string | number | boolean | null

/** Rows go to the database in pieces of about this many characters. */
const FLUSH_CHARACTERS = 1024 * 1024

/**
 * Records on their way into temporary tables of one connection, by COPY. Nothing visible changes.
 * One COPY runs at a time while the next piece is being read; `drain` waits when reading is ahead, so memory stays flat.
 */
export class Staging {
  readonly #db: Client
  readonly #pending = new Map<string, string[]>()
  #characters = 0
  #running: Promise<void> = Promise.resolve()
  /** Rows staged, by table. */
  readonly counts = new Map<string, number>()

  constructor(db: Client) {
    this.#db = db
  }

  async create(tables: readonly StageTable[]): Promise<void> {
    for (const { name, columns } of tables) {
      const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`)
      await this.#db.query(`create temporary table ${name} (${list.join(', ')})`)
      this.#pending.set(name, [])
      this.counts.set(name, 0)
    }
  }

  put(table: string, cells: readonly Cell[]): void {
    const rows = this.#pending.get(table)
    if (!rows) throw new Error(`No such staging table: ${table}`)
    const row = toCopyRow(cells)
    rows.push(row)
    this.#characters += row.length
    this.counts.set(table, (this.counts.get(table) ?? 0) + 1)
  }

  /** To be awaited between pieces of a file: sends what has piled up, and waits for what was sent before. */
  async drain(): Promise<void> {
    if (this.#characters >= FLUSH_CHARACTERS) await this.#send()
  }

  /** Sends the rest, waits for all of it, and tells the planner how much there is. */
  async finish(): Promise<void> {
    await this.#send()
    await this.#running
    for (const [table, count] of this.counts) if (count > 0) await this.#db.query(`analyze ${table}`)
  }

  async #send(): Promise<void> {
    await this.#running
    const pieces = [...this.#pending].filter(([, rows]) => rows.length > 0)
    for (const [table] of pieces) this.#pending.set(table, [])
    this.#characters = 0
    this.#running = this.#copy(pieces)
    // It is awaited before the next piece is sent; until then its failure must not count as unhandled.
    this.#running.catch(() => {})
  }

  async #copy(pieces: [string, string[]][]): Promise<void> {
    for (const [table, rows] of pieces) {
      await pipeline(Readable.from([Buffer.from(rows.join(''))]), this.#db.query(copyFrom(`copy ${table} from stdin`)))
    }
  }
}

const SPECIAL = /[\\\t\n\r]/
const SPECIALS = /[\\\t\n\r]/g
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A row in COPY's text format. */
function toCopyRow(cells: readonly Cell[]): string {
  let row = ''
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (i > 0) row += '\t'
    if (cell === null || cell === undefined) row += '\\N'
    else if (typeof cell === 'string') row += SPECIAL.test(cell) ? cell.replace(SPECIALS, (c) => ESCAPED[c] ?? c) : cell
    else row += String(cell)
  }
  return `${row}\n`
}
