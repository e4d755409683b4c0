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

/** Rows go to the database in pieces of about this many bytes, over all tables. */
const PIECE_BYTES = 1024 * 1024

/**
 * Records on their way into temporary tables of one connection, by COPY. Nothing visible changes.
 * One COPY runs at a time while the next piece is being read; `drain` waits when reading is ahead, so memory stays flat.
 */
export class Staging {
  readonly #db: Client
  readonly #pending = new Map<string, Rows>()
  #bytes = 0
  #running: Promise<void> = Promise.resolve()
  /** Rows staged, by table. */
  readonly #counts = new Map<string, number>()

  constructor(db: Client) {
    this.#db = db
  }

  async create(tables: readonly StageTable[]): Promise<void> {
    for (const { name, columns } of tables) {
      const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`)
      await this.#db.query(`create temporary table ${name} (${list.join(', ')})`)
      this.#pending.set(name, new Rows())
    }
  }

  put(table: string, cells: readonly Cell[]): void {
    const rows = this.#pending.get(table)
    if (!rows) throw new Error(`No such staging table: ${table}`)
    this.#bytes += rows.add(cells)
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1)
  }

  /** To be awaited between pieces of a file: sends what has piled up, and waits for what was sent before. */
  async drain(): Promise<void> {
    if (this.#bytes >= PIECE_BYTES) await this.#send()
  }

  /** Sends the rest, waits for all of it, and tells the planner how much there is. */
  async finish(): Promise<void> {
    await this.#send()
    await this.#running
    for (const table of this.#counts.keys()) await this.#db.query(`analyze ${table}`)
  }

  async #send(): Promise<void> {
    await this.#running
    const pieces = [...this.#pending].flatMap(([table, rows]) => {
      const bytes = rows.take()
      return bytes ? [{ table, rows, bytes }] : []
    })
    this.#bytes = 0
    this.#running = this.#copy(pieces)
    // It is awaited before the next piece is sent; until then its failure must not count as unhandled.
    this.#running.catch(() => {})
  }

  async #copy(pieces: { table: string; rows: Rows; bytes: Buffer }[]): Promise<void> {
    for (const { table, rows, bytes } of pieces) {
      await pipeline(Readable.from([bytes]), this.#db.query(copyFrom(`copy ${table} from stdin`)))
      rows.giveBack(bytes)
    }
  }
}

const NOTHING: Buffer = Buffer.alloc(0)

/** Characters that are made bytes at once: by the row, that would take longer than making the row. */
const TEXT_LENGTH = 8192

/** Rows of one table in COPY's text format, as bytes but for the last few: so there is little to collect. */
class Rows {
  #text = ''
  #bytes: Buffer = NOTHING
  #spare: Buffer = NOTHING
  #length = 0

  /** Returns about how many bytes the row takes. */
  add(cells: readonly Cell[]): number {
    const before = this.#text.length
    this.#text += copyRow(cells)
    const { length } = this.#text
    if (length >= TEXT_LENGTH) this.#flush()
    return length - before
  }

  /** The rows since the last call; null when there are none. */
  take(): Buffer | null {
    this.#flush()
    if (this.#length === 0) return null
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = this.#spare
    this.#spare = NOTHING
    this.#length = 0
    return taken
  }

  /** What was taken is sent: its memory serves for the rows after the next ones. */
  giveBack({ buffer }: Buffer): void {
    this.#spare = Buffer.from(buffer)
  }

  #flush(): void {
    // A UTF-16 unit takes three bytes at the most.
    const room = this.#length + this.#text.length * 3
    if (room > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(room, this.#bytes.length * 2))
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
    }
    this.#length += this.#bytes.write(this.#text, this.#length)
    this.#text = ''
  }
}

const SPECIALS = /[\\\t\n\r]/g
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const SPECIAL = /[\\\t\n\r]/

/** A row in COPY's text format. */
function copyRow(cells: readonly Cell[]): string {
  let row = ''
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (i > 0) row += '\t'
    if (cell === null || cell === undefined) row += '\\N'
    else if (typeof cell === 'string') row += SPECIAL.test(cell) ? cell.replace(SPECIALS, (c) => ESCAPED[c] ?? c) : cell
    else row += cell
  }
  return `${row}\n`
}
