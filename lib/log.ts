import pino from 'pino'

const silentOrInfo = process.env.LOG_LEVEL === 'silent' ? 'silent' : 'info'

/**
 * One JSON line an entry; pretty on a developer's terminal.
 * Never log names, phones, e-mails or tax ids from an export (COMMERCEML.md §5).
 */
export const log = pino({
  // A level that does not exist is refused by name in lib/env.ts, not here.
  level: process.env.LOG_LEVEL && process.env.LOG_LEVEL in pino.levels.values ? process.env.LOG_LEVEL : silentOrInfo,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  ...(process.env.NODE_ENV !== 'production' && process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {}),
})
