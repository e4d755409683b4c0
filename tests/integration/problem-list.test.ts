import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachProblem, listProblems } from '@/lib/imports/problem-queries'
import { type CsvWords, problemsCsv } from '@/lib/imports/problems-csv'
import type { ProblemFilter } from '@/lib/imports/session'
import { good, price, priceType, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, importNow, query } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const session = async (key = 'x'): Promise<number> => {
  const [row] = await query<{ id: number }>(
    `insert into import_sessions (types, source, request_key, status, finished_at)
     values ('{catalog}', '/x', $1, 'COMPLETED_WITH_ERRORS', now()) returning id`,
    [key],
  )
  if (!row) throw new Error('no session')
  return row.id
}

interface Given {
  step?: string | null
  severity?: string
  code?: string
  file?: string | null
  line?: number | null
  externalId?: string | null
  message?: string
}

const COLUMNS = `insert into import_problems (session_id, step, severity, code, file, line, external_id, field, message)`

async function add(sessionId: number, given: Given): Promise<void> {
  const { step = 'goods', severity = 'error', code = 'bad_number', file = 'goods.xml', line = 7 } = given
  await query(`${COLUMNS} values ($1, $2, $3, $4, $5, $6, $7, 'Цена', $8)`, [
    sessionId,
    step,
    severity,
    code,
    file,
    line,
    given.externalId ?? null,
    given.message ?? 'Исправьте число в 1С.',
  ])
  await query(
    `insert into import_problem_totals (session_id, step, severity, code, count) values ($1, $2, $3, $4, 1)
     on conflict (session_id, step, severity, code) do update set count = import_problem_totals.count + 1`,
    [sessionId, step ?? '', severity, code],
  )
}

describe('the problems of a session', () => {
  test('are found by severity, step, code and a part of message, id or file, and by nothing of another session', async () => {
    const id = await session()
    await add(id, { externalId: 'a_1%', message: 'Первое' })
    await add(id, { severity: 'warning', code: 'negative_stock', step: 'stock', file: 'rests/Rests_1.xml' })
    await add(id, { severity: 'warning', code: 'file_not_used', step: null, externalId: 'ax1' })
    await add(await session('y'), { message: 'Первое' })

    const codes = async (filter: Partial<ProblemFilter>) =>
      (await listProblems(id, { page: 1, ...filter })).problems.map(({ code }) => code)
    expect(await codes({})).toEqual(['bad_number', 'negative_stock', 'file_not_used'])
    expect(await codes({ severity: 'warning' })).toEqual(['negative_stock', 'file_not_used'])
    expect(await codes({ step: 'stock' })).toEqual(['negative_stock'])
    expect(await codes({ step: 'session' })).toEqual(['file_not_used'])
    expect(await codes({ code: 'bad_number', severity: 'warning' })).toEqual([])
    expect(await codes({ search: 'ПЕРВ' })).toEqual(['bad_number'])
    expect(await codes({ search: 'rests_1.xml' })).toEqual(['negative_stock'])
    // `_` and `%` stand for themselves.
    expect(await codes({ search: 'a_1' })).toEqual(['bad_number'])
    expect(await codes({ search: '1%' })).toEqual(['bad_number'])
    expect(await codes({ search: '\\' })).toEqual([])
    expect(await listProblems(id, { page: 1 })).toMatchObject({
      total: 3,
      kept: 3,
      steps: ['session', 'goods', 'stock'],
      codes: ['bad_number', 'file_not_used', 'negative_stock'],
    })
    expect(await listProblems(id, { page: 1, severity: 'warning', search: 'x' })).toMatchObject({
      found: 2,
      counted: 2,
    })
    expect(await listProblems(99, { page: 1 })).toMatchObject({ problems: [], total: 0, pages: 1 })
  })

  test('come fifty a page, in the order they were found; a page beyond the last is the last', async () => {
    const id = await session()
    await query(
      `${COLUMNS} select $1, 'prices', 'warning', 'dangling_reference', 'prices.xml', n, null, null, 'm' from generate_series(1, 120) as n`,
      [id],
    )
    await query(`insert into import_problem_totals values ($1, 'prices', 'warning', 'dangling_reference', 12345)`, [id])
    const lines = async (page: number) => (await listProblems(id, { page })).problems.map(({ line }) => line)

    expect(await lines(1)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    expect(await lines(3)).toEqual(Array.from({ length: 20 }, (_, i) => i + 101))
    expect(await lines(99)).toEqual(await lines(3))
    expect(await listProblems(id, { page: 1 })).toMatchObject({
      found: 120,
      pages: 3,
      total: 12345,
      kept: 120,
      counted: 12345,
    })
  })
})

const words: CsvWords = {
  columns: {
    severity: 'Важность',
    step: 'Этап',
    title: 'Замечание',
    code: 'Код',
    file: 'Файл',
    line: 'Строка',
    externalId: 'Ид в 1С',
    field: 'Поле',
    message: 'Пояснение',
  },
  severity: (severity) => (severity === 'error' ? 'Ошибка' : 'Предупреждение'),
  step: (step) => step ?? 'Сессия в целом',
  title: (code) => `Название ${code}`,
  message: ({ message }) => message,
}

const csvOf = async (sessionId: number, filter: Partial<ProblemFilter> = {}) => {
  const chunks: Buffer[] = []
  for await (const chunk of problemsCsv(eachProblem(sessionId, filter), words)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The lines of the file without its byte order mark and its head. */
const linesOf = async (...given: Parameters<typeof csvOf>) =>
  (await csvOf(...given)).toString('utf8').split('\r\n').slice(1, -1)

describe('the CSV file of problems', () => {
  test('is UTF-8 with a byte order mark, semicolons and CRLF, and quotes what would break a cell', async () => {
    const id = await session()
    await add(id, { externalId: 'p;1', message: 'Цена «12,5»; "кавычки"\nвторая строка' })
    await add(id, { step: null, severity: 'warning', file: null, line: null })

    const bytes = await csvOf(id)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.subarray(3).toString('utf8')).toBe(
      [
        'Важность;Этап;Замечание;Код;Файл;Строка;Ид в 1С;Поле;Пояснение',
        'Ошибка;goods;Название bad_number;bad_number;goods.xml;7;"p;1";Цена;"Цена «12,5»; ""кавычки""\nвторая строка"',
        'Предупреждение;Сессия в целом;Название bad_number;bad_number;;;;Цена;Исправьте число в 1С.',
        '',
      ].join('\r\n'),
    )
  })

  test.each([
    ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
    ['+7 999 123-45-67', "'+7 999 123-45-67"],
    ['-5 — отрицательный остаток', "'-5 — отрицательный остаток"],
    ['-2+3+cmd|calc', "'-2+3+cmd|calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1+1', "'\t=1+1"],
    ['\r=1+1', `"'\r=1+1"`],
    ['до\r=1+1', '"до\r=1+1"'],
    ['до\n=1+1', '"до\n=1+1"'],
    ['＝1+1', "'＝1+1"],
    // Not at the beginning it computes nothing, and an id must stay findable.
    ['Количество -5 меньше нуля', 'Количество -5 меньше нуля'],
    ['a=b', 'a=b'],
  ])('lets no text be computed: %j', async (message, cell) => {
    const id = await session()
    await add(id, { message })
    const csv = (await csvOf(id)).toString('utf8')
    expect(csv.endsWith(`;Цена;${cell}\r\n`)).toBe(true)
  })

  test('defuses every column that comes out of a file, and leaves the number of the line alone', async () => {
    const id = await session()
    await add(id, { file: '=f.xml', externalId: '@id', line: 12 })
    expect(await linesOf(id)).toEqual([
      "Ошибка;goods;Название bad_number;bad_number;'=f.xml;12;'@id;Цена;Исправьте число в 1С.",
    ])
  })

  test('holds what fits the filter, all pages of it, and a head alone when nothing does', async () => {
    const id = await session()
    await query(
      `${COLUMNS} select $1, 'prices', (case when n % 2 = 0 then 'error' else 'warning' end)::severity, 'c', 'p.xml', n, null, null, 'm' from generate_series(1, 2500) as n`,
      [id],
    )
    expect(await linesOf(id)).toHaveLength(2500)
    const errors = await linesOf(id, { severity: 'error' })
    expect(errors.map((line) => Number(line.split(';')[5]))).toEqual(Array.from({ length: 1250 }, (_, i) => 2 * i + 2))
    const nothing = await csvOf(id, { code: 'missing_id' })
    expect([...nothing.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(nothing.toString('utf8').split('\r\n')).toHaveLength(2)
  })

  test('is broken off, not ended, when the problems cannot be read to their end', async () => {
    await add(await session(), {})
    const failing = async function* () {
      yield* eachProblem(1, {})
      throw new Error('The connection is gone')
    }
    await expect(text(problemsCsv(failing(), words))).rejects.toThrow('The connection is gone')
  })

  test('says of a real import what the page says', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'g1' }), good({ id: '' })],
      priceTypes: [priceType({ id: 't' })],
      prices: [price({ offerId: 'g1', priceTypeId: 't', value: 'дорого' })],
    })
    const { id } = await importNow(['catalog'], source)
    const { problems, total } = await listProblems(id, { page: 1 })
    expect(total).toBeGreaterThanOrEqual(2)
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['missing_id', 'bad_number']))
    expect(await linesOf(id)).toHaveLength(total)
  })
})
