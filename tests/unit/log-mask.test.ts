import pino from 'pino'
import { expect, test } from 'vitest'
import { maskedMessage, maskQuoted, SECRETS, serializeError } from '@/lib/log-mask'

const PERSON = 'Иванов "Ромашка" Иван +7 900 000-00-00'

/** As `pg` throws it. */
const postgresError = (message: string) =>
  Object.assign(new Error(message), {
    severity: 'ERROR',
    code: '22P02',
    detail: `Failing row contains (1, ${PERSON}).`,
    where: `COPY stage_customers, line 7, column phone: "${PERSON}"`,
    hint: PERSON,
    internalQuery: `select '${PERSON}'`,
    parameters: [PERSON],
    table: 'customers',
    constraint: 'customers_phone_check',
  })

test.each([
  [`invalid input syntax for type numeric: "${PERSON}"`, 'invalid input syntax for type numeric: "…"'],
  [`value "${PERSON}" is out of range for type integer`, 'value "…" is out of range for type integer'],
  [
    'new row for relation "customers" violates check constraint "customers_phone_check"',
    'new row for relation "customers" violates check constraint "customers_phone_check"',
  ],
  [`column "a" of relation "b": bad "${PERSON}"`, 'column "a" of relation "b": bad "…"'],
  ['an odd " quote', 'an odd "…"'],
])('PostgreSQL’s «%s» is logged without its value', (message, masked) => {
  expect(maskedMessage(postgresError(message))).toBe(masked)
})

test('an error in a log has its place and its stack, and nothing of the row', () => {
  const cause = postgresError(`bad value: "${PERSON}"`)
  const logged = serializeError(new Error('the step failed', { cause }))

  expect(JSON.stringify(logged)).not.toMatch(/Иван|900/)
  expect(logged).toMatchObject({
    type: 'Error',
    message: 'the step failed',
    cause: { message: 'bad value: "…"', code: '22P02', table: 'customers', constraint: 'customers_phone_check' },
  })
  expect((logged as { stack: string }).stack).toMatch(/^Error: the step failed\n {4}at /)
})

test('of a failed call of Prisma’s the reason is logged, not its arguments', () => {
  const error = Object.assign(
    new Error(
      `\nInvalid \`database().user.create()\` invocation:\n\n{ data: { email: "a@b.c", name: "${PERSON}" } }\n\nUnique constraint failed on the fields: (\`email\`)`,
    ),
    { name: 'PrismaClientKnownRequestError', code: 'P2002', meta: { cause: PERSON } },
  )
  expect(JSON.stringify(serializeError(error))).not.toMatch(/Иван|a@b\.c/)
  expect(maskedMessage(error)).toBe('Unique constraint failed on the fields: (`email`)')
})

test('a sentence of graphile-worker’s that has the message in it is masked too', () => {
  const error = postgresError(`bad value: "${PERSON}"`)
  const sentence = `Failed task 5 with error '${error.message}':\n  ${error.stack}`
  expect(maskQuoted(sentence, error)).not.toContain('Иван')
  expect(maskQuoted('a plain one', undefined)).toBe('a plain one')
})

test('secrets and contacts are never written, whoever logs them', () => {
  const lines: string[] = []
  const log = pino({ redact: { paths: SECRETS, censor: '***' } }, { write: (line) => void lines.push(line) })
  log.info({
    password: 'hunter2',
    headers: { cookie: 'hunter2', 'set-cookie': 'hunter2' },
    customer: { phone: 'hunter2' },
  })
  expect(lines.join()).not.toContain('hunter2')
})
