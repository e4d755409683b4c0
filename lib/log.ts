import pino from 'pino'
import { SECRETS, serializeError } from '@/lib/log-mask'

const silentOrInfo = process.env.LOG_LEVEL === 'silent' ? 'silent' : 'info'

/**
 * One JSON line an entry; pretty on a developer's terminal.
 * Never log names, phones, e-mails or tax ids from an export (COMMERCEML.md §5); what an error of the database quotes
 * of them is masked in lib/log-mask.ts.
 */
export const log = pino({
  // A level that does not exist is refused by name in lib/env.ts, not here.
  level: process.env.LOG_LEVEL && process.env.LOG_LEVEL in pino.levels.values ? process.env.LOG_LEVEL : silentOrInfo,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: SECRETS, censor: '***' },
  serializers: {
    err: serializeError,
    error: serializeError,
    // graphile-worker's row of a job has its last error in it, as PostgreSQL said it.
    job: (job: unknown) => (job !== null && typeof job === 'object' && 'id' in job ? job.id : job),
  },
  formatters: { level: (label) => ({ level: label }) },
  ...(process.env.NODE_ENV !== 'production' && process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {}),
})
