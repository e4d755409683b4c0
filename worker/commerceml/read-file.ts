import path from 'node:path'
import { RecordCollector } from './collector'
import { decodeFile } from './decode'
import type { ProblemRecord, SourceRecord } from './records'
import { XmlReader } from './xml'

/** What a piece of a file held. */
export interface Batch {
  records: SourceRecord[]
  /** How many bytes of the file it took. */
  bytes: number
}

/**
 * Reads one file of an export as a stream: pieces of at most 256 KB become the records that end in them.
 * The reader goes on only when asked for the next batch, so memory does not grow with the file.
 * A file that is malformed, cut off or not CommerceML 2 throws an ExportError.
 */
export async function* readFile(directory: string, file: string): AsyncGenerator<Batch> {
  const collector = new RecordCollector(file)
  const reader = new XmlReader(file, collector)
  const onMismatch = (declared: string, actual: string) => collector.add(encodingMismatch(declared, actual))
  for await (const { utf8, bytes } of decodeFile(path.join(directory, file), file, onMismatch)) {
    reader.write(utf8)
    yield { records: collector.take(), bytes }
  }
  reader.end()
  yield { records: collector.take(), bytes: 0 }
}

const encodingMismatch = (declared: string, actual: string): ProblemRecord => ({
  kind: 'problem',
  of: null,
  severity: 'warning',
  code: 'encoding_mismatch',
  line: 1,
  externalId: null,
  field: null,
  sentence: { key: 'encodingMismatch', values: { declared, actual } },
})
