import pino, { type Logger } from 'pino'
import { database } from '@/lib/db'
import { log as processLog } from '@/lib/log'
import { SECRETS, serializeError } from '@/lib/log-mask'

/** So many lines of a session are kept; what comes beyond is in the worker's own log only. */
const KEPT_LINES = 100_000
/** Lines are written in batches: what a moment brings goes together, in milliseconds. */
const BATCH_MS = 700
/** While the database is away, so many lines wait for it. */
const WAITING_LINES = 5000

interface Line {
  at: string
  level: string
  message: string
  fields: Record<string, unknown> | null
}

/**
 * The log of one attempt: every line goes to the worker's log, as always, and is kept with the session, down to «debug»
 * whatever LOG_LEVEL is. Keeping it never holds up an import and never fails one.
 */
export class SessionLog {
  readonly logger: Logger
  readonly #sessionId: number
  #waiting: Line[] = []
  #kept: number | null = null
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  /** `mark` begins every message (DESIGN.md §5). */
  constructor(sessionId: number, mark: string) {
    this.#sessionId = sessionId
    const worker = processLog.child({ session: sessionId }, { msgPrefix: mark })
    const write = (json: string) => {
      const { level, msg, ...fields } = JSON.parse(json) as { level: pino.Level; msg?: string }
      worker[level](fields, msg ?? '')
      this.#take(level, msg ?? '', fields)
    }
    this.logger = pino(
      {
        level: 'debug',
        base: null,
        timestamp: false,
        // What is kept is shown to everybody who may see the session.
        redact: { paths: SECRETS, censor: '***' },
        serializers: { err: serializeError },
        formatters: { level: (level) => ({ level }) },
      },
      { write },
    )
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#flush()
    await this.#writing
  }

  #take(level: string, message: string, fields: Record<string, unknown>): void {
    if (this.#waiting.length >= WAITING_LINES) return
    this.#waiting.push({
      at: new Date().toISOString(),
      level,
      message,
      fields: Object.keys(fields).length > 0 ? fields : null,
    })
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS)
  }

  #flush(): void {
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write()).catch((err) => processLog.warn({ err }, 'log was not kept'))
  }

  async #write(): Promise<void> {
    if (this.#waiting.length === 0) return
    const db = database()
    this.#kept ??= await db.importLogLine.count({ where: { sessionId: this.#sessionId } })
    const lines = this.#waiting.splice(0).slice(0, KEPT_LINES - this.#kept)
    if (lines.length === 0) return
    // Nothing is to be kept of a session that was deleted.
    this.#kept += await db.$executeRaw`
      insert into import_log_lines (session_id, at, level, message, fields)
      select s.id, l.at, l.level, l.message, l.fields
      from import_sessions as s,
        json_to_recordset(${JSON.stringify(lines)}::json) as l(at timestamptz, level text, message text, fields jsonb)
      where s.id = ${this.#sessionId}`
  }
}
