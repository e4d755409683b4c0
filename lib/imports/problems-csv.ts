import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
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
}

/**
 * Problems as a CSV file for Excel, as a stream of UTF-8. Excel takes the byte order mark for the encoding, and in a
 * Russian Windows the semicolon for the separator. Texts come out of files that others write: one that begins as a
 * formula does gets an apostrophe before it, and would not be computed. Only the line is a number, and is left alone.
 */
export function problemsCsv(problems: AsyncIterable<KeptProblem>, words: CsvWords): Readable {
  const rows = stringify({
    bom: true,
    header: true,
    columns: CSV_COLUMNS.map((key) => ({ key, header: words.columns[key] })),
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    // Excel takes half a line break for one, and would begin a row of its own, with what would then be a formula.
    quoted_match: /[\r\n]/,
  })
  // An error of either end destroys both: a reader that goes away stops the fetching, a failed fetch breaks the file off.
  return pipeline(Readable.from(rowsOf(problems, words)), rows, () => {})
}

async function* rowsOf(problems: AsyncIterable<KeptProblem>, words: CsvWords) {
  for await (const problem of problems) {
    const { severity, step, code, file, line, externalId, field, message } = problem
    yield {
      severity: words.severity(severity),
      step: words.step(step),
      title: words.title(code),
      code,
      file,
      line,
      externalId,
      field,
      message,
    } satisfies Record<CsvColumn, string | number | null>
  }
}
