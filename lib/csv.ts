import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/** A row: a text that is not a number must come as a string, or it would not be made harmless. */
export type CsvRow<Column extends string> = Record<Column, string | number | null>

/**
 * A CSV file for Excel, as a stream of UTF-8. Excel takes the byte order mark for the encoding, and in a Russian
 * Windows the semicolon for the separator. Texts come out of files that others write: one that begins as a formula
 * does gets an apostrophe before it, and would not be computed. Numbers are left alone.
 */
export function csvStream<Column extends string>(
  headings: Record<Column, string>,
  rows: AsyncIterable<CsvRow<Column>>,
): Readable {
  const lines = stringify({
    bom: true,
    header: true,
    columns: (Object.keys(headings) as Column[]).map((key) => ({ key, header: headings[key] })),
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    // Excel takes half a line break for one, and would begin a row of its own, with what would then be a formula.
    quoted_match: /[\r\n]/,
  })
  // An error of either end destroys both: a reader that goes away stops the fetching, a failed fetch breaks the file off.
  return pipeline(Readable.from(rows), lines, () => {})
}
