import type { Element } from './element'
import type { ProblemRecord, RecordKind } from './records'
import type { Sentence } from './sentence'

const named = (of: RecordKind): Sentence => ({ key: `record.${of}` })

export const missingId = (of: RecordKind, { line }: Element, field = 'Ид'): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'missing_id',
  line,
  externalId: null,
  field,
  sentence: { key: 'missingId', values: { record: named(of), field } },
})

export const missingName = (of: RecordKind, { line }: Element, id: string): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'missing_name',
  line,
  externalId: id,
  field: 'Наименование',
  sentence: { key: 'missingName', values: { record: named(of) } },
})

export const badNumber = (
  of: RecordKind,
  { line }: Element,
  id: string,
  field: string,
  raw: string,
): ProblemRecord => ({
  kind: 'problem',
  of,
  severity: 'error',
  code: 'bad_number',
  line,
  externalId: id,
  field,
  // What stands there may be anything, of any length.
  sentence: { key: 'badNumber', values: { record: named(of), text: raw.trim().slice(0, 60), field } },
})
