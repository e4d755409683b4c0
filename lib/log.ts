import pino from 'pino'

/**
 * One JSON line an entry; pretty on a developer's terminal.
 * Never log names, phones, e-mails or tax ids from an export (COMMERCEML.md §5).
 */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  ...(process.env.NODE_ENV !== 'production' && process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {}),
})
