import type { Readable } from 'node:stream'
import { type CsvRow, csvStream } from '@/lib/csv'
import type { KeptProblem } from '@/lib/imports/session'

/** The columns, in their order. Code and title of a problem are two: programs filter by one, people read the other. */
const CSV_COLUMNS = ['severity', 'step', 'title', 'code', 'file', 'line', 'externalId', 'field', 'message'] as const
type CsvColumn = (typeof CSV_COLUMNS)[number]

/** What a file says in the reader's language. */
export interface CsvWords {
  columns: Record<CsvColumn, string>
  severity: (severity: KeptProblem['severity']) => string
  step: (step: KeptProblem['step']) => string
  title: (code: string) => string
  message: (problem: Pick<KeptProblem, 'message' | 'sentence'>) => string
}

/** Problems as a CSV file, as a stream of UTF-8. */
export function problemsCsv(problems: AsyncIterable<KeptProblem>, words: CsvWords): Readable {
  const headings = Object.fromEntries(CSV_COLUMNS.map((key) => [key, words.columns[key]])) as CsvWords['columns']
  return csvStream(headings, rowsOf(problems, words))
}

async function* rowsOf(problems: AsyncIterable<KeptProblem>, words: CsvWords): AsyncGenerator<CsvRow<CsvColumn>> {
  for await (const problem of problems) {
    const { severity, step, code, file, line, externalId, field } = problem
    yield {
      severity: words.severity(severity),
      step: words.step(step),
      title: words.title(code),
      code,
      file,
      line,
      externalId,
      field,
      message: words.message(problem),
    }
  }
}
