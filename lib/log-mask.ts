// What must not reach a log: secrets, and what an export tells of people. PostgreSQL quotes the value it stumbles over
// in the message, and whole rows in «detail» and «where»; Prisma repeats the arguments of a call.

/** Fields that are never written, whoever logs them; at the top of an entry and one level down. */
export const SECRETS: string[] = [
  ...['password', 'passwordHash', 'secret', 'authorization', 'cookie', 'set-cookie', 'token', 'csrfToken'],
  ...['email', 'phone', 'inn', 'kpp', 'fullName', 'full_name'],
].flatMap((name) => [`["${name}"]`, `*["${name}"]`])

/** What of an error's own fields says where it went wrong, and nothing of what was written. */
const TELLING = [
  'code',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'errno',
  'syscall',
  'digest',
] as const

/** An error as a log shows it. */
interface LoggedError {
  type: string
  message: string
  stack: string
  [field: string]: unknown
}

/** For pino: an error without anything that may be a person's or a secret; what is no error is left as it is. */
export function serializeError(error: unknown): unknown {
  return error instanceof Error ? logged(error, 0) : error
}

function logged(error: Error, depth: number): LoggedError {
  const type = error.constructor.name || error.name
  const message = maskedMessage(error)
  // The stack begins with the message as it was.
  const stack = error.stack ?? ''
  const frames = stack.indexOf('\n    at ')
  const shown: LoggedError = { type, message, stack: `${type}: ${message}${frames < 0 ? '' : stack.slice(frames)}` }
  for (const field of TELLING) {
    const value = (error as unknown as Record<string, unknown>)[field]
    if (typeof value === 'string' || typeof value === 'number') shown[field] = value
  }
  if (error.cause instanceof Error && depth < 5) shown.cause = logged(error.cause, depth + 1)
  if (error instanceof AggregateError && depth < 5) {
    shown.aggregateErrors = error.errors.map((one) => (one instanceof Error ? logged(one, depth + 1) : typeof one))
  }
  return shown
}

/** What an error says, without the values that a database quotes in it. */
export function maskedMessage(error: Error): string {
  if (error.name.startsWith('Prisma') || error.name === 'DriverAdapterError') {
    // Before the last blank line stands the call, with its arguments.
    return withoutValues(
      error.message
        .split(/\n\s*\n/)
        .at(-1)
        ?.trim() ?? '',
    )
  }
  return isOfPostgres(error) ? withoutValues(error.message) : error.message
}

/** A sentence in which somebody else has written an error's message. */
export function maskQuoted(sentence: string, error: unknown): string {
  if (!(error instanceof Error) || error.message === '') return sentence
  return sentence.replaceAll(error.message, () => maskedMessage(error))
}

const isOfPostgres = (error: Error) =>
  'severity' in error && 'code' in error && typeof error.code === 'string' && error.code.length === 5

/** Names of things in the database stand in quotes after the kind of thing; anything else in quotes is a value. */
const NAMED =
  /\b(relation|table|column|constraint|index|type|function|schema|role|user|database|trigger|sequence|view) $/

function withoutValues(message: string): string {
  for (let quote = message.indexOf('"'); quote >= 0; ) {
    if (!NAMED.test(message.slice(0, quote))) {
      // A value may have quotes in it: all up to the last one is it.
      const end = message.lastIndexOf('"')
      return `${message.slice(0, quote)}"…"${end > quote ? message.slice(end + 1) : ''}`
    }
    const closing = message.indexOf('"', quote + 1)
    if (closing < 0) return message
    quote = message.indexOf('"', closing + 1)
  }
  return message
}
