import type { Logger } from 'pino'
import { type ExportFile, filesWith, inspectExport } from '@/lib/imports/export'
import type { Claim } from '@/lib/imports/lifecycle'
import type { ContentKind } from '@/lib/imports/types'
import type { StepKind } from '@/prisma/client/enums'
import { ExportError } from './commerceml/export-error'
import { readFile } from './commerceml/read-file'
import type { DeletionRecord, ProblemRecord, RecordKind, SourceRecord } from './commerceml/records'
import { recordFiles } from './export-files'
import { mustBeUnchanged, untilSettled, whyUnread } from './export-watch'
import type { Problem, ProblemLog } from './problem-log'
import type { Progress } from './progress'
import { ReadingReport } from './reading-report'
import type { Staging } from './staging'
import { stageContainer, stageMention } from './steps/absent'
import { stepOf } from './steps/all-steps'
import { stageDeletion } from './steps/deletions'
import { stageGallery } from './steps/picture-tables'
import { stageUnit } from './steps/units'

/** What reading found: the files, by number, and how many records of each kind that is told of there were, good or bad. */
export interface ReadExport {
  files: string[]
  exportFiles: ExportFile[]
  counts: Map<RecordKind, number>
  /** The export's folders of pictures, from its root. */
  pictureFolders: string[]
}

/** The contents that the records of each step come from. */
const CONTENTS: Record<StepKind, ContentKind[]> = {
  groups: ['groups'],
  properties: ['properties'],
  price_types: ['priceTypes'],
  warehouses: ['warehouses'],
  goods: ['goods', 'units'],
  offers: ['offers'],
  prices: ['prices'],
  stock: ['stock'],
  images: ['goods', 'offers'],
  customers: ['customers'],
}

/** What some step of some import type reads; a file with nothing of it is named in the session's report. */
const ANY_CONTENTS = Object.values(CONTENTS).flat()

interface ReadContext {
  staging: Staging
  problems: ProblemLog
  log: Logger
  signal: AbortSignal
  progress: Progress
}

/** Reads the export once and stages what the session's steps import (COMMERCEML.md §4.1). Nothing visible changes. */
export async function readExport(claim: Claim, context: ReadContext): Promise<ReadExport> {
  await untilSettled(claim.source, context.signal)
  const summary = await inspectExport(claim.source)
  if (!summary) {
    throw new ExportError({ key: 'folder.missing', values: { folder: claim.source } })
  }
  const unreadable = summary.files.find(({ isReadable }) => !isReadable)
  if (unreadable) throw new ExportError({ key: 'file.notOpened', values: { file: unreadable.name } })
  reportUnusedFiles(summary.files, context.problems)
  const contents = claim.steps.flatMap((step) => CONTENTS[step])
  const files = filesWith(summary, contents)
  context.progress.beginReading(files)
  const report = new ReadingReport(claim, context.problems, context.log)
  const collector = new Collector(claim.steps, context)
  await recordFiles(claim, files)
  for (const [number, file] of files.entries()) {
    const { name } = file
    collector.beginFile(number, name)
    context.progress.beginFile(name, number + 1)
    let isUsed = false
    try {
      for await (const { records, bytes } of readFile(claim.source, name)) {
        context.signal.throwIfAborted()
        for (const record of records) {
          collector.take(record)
          isUsed ||= record.kind !== 'container'
        }
        await context.staging.drain()
        context.progress.read(bytes, records.length)
        await report.add(records.length)
      }
    } catch (error) {
      throw await whyUnread(error, claim.source, file)
    }
    // By its elements' names it held something, and yet nothing of it was where it belongs.
    if (!isUsed) context.problems.add(unusedFile(name))
    context.log.debug({ file: name }, 'file read')
  }
  await mustBeUnchanged(claim.source, summary.files)
  await context.staging.finish()
  await report.finish()
  const { pictureFolders } = summary
  return { files: files.map(({ name }) => name), exportFiles: files, counts: collector.counts, pictureFolders }
}

/** Sends every record where it belongs: to its step's tables, or to the problems. */
class Collector {
  readonly counts = new Map<RecordKind, number>()
  readonly #steps: readonly StepKind[]
  readonly #context: ReadContext
  /** Place of the last record, over all files. */
  #seq = 0
  /** Added to the places that groups and properties have in their file; beyond every place used before. */
  #fileOffset = 0
  #file = 0
  #name = ''

  constructor(steps: readonly StepKind[], context: ReadContext) {
    this.#steps = steps
    this.#context = context
  }

  beginFile(number: number, name: string): void {
    this.#file = number
    this.#name = name
    this.#fileOffset = this.#seq + 1
  }

  take(record: SourceRecord): void {
    this.#seq++
    // It stood among the goods: they are told of, even if only to say which variant is gone.
    if ((record.kind === 'offer' || record.kind === 'deletion') && record.fromGood) this.#count('good', 0)
    if (record.kind === 'container') stageContainer(record, this.#seq, this.#context.staging)
    else if (record.kind === 'problem') this.#takeProblem(record)
    else if (record.kind === 'unit') stageUnit(record, this.#seq, this.#context.staging)
    else if (record.kind === 'deletion') this.#takeDeletion(record)
    else if (record.kind === 'gallery') {
      if (this.#steps.includes('images')) stageGallery(record, this.#seq, this.#context.staging)
    } else {
      if (record.kind === 'group' || record.kind === 'property') {
        this.#seq = Math.max(this.#seq, this.#fileOffset + record.seq)
      }
      this.#count(record.kind)
      const step = stepOf(record.kind)
      if (!this.#steps.includes(step.kind)) return
      step.stage(record, { seq: this.#seq, fileOffset: this.#fileOffset, file: this.#file }, this.#context.staging)
    }
  }

  #takeDeletion(record: DeletionRecord): void {
    this.#count(record.of)
    const step = stepOf(record.of).kind
    if (!this.#steps.includes(step)) return
    stageDeletion(step, record, this.#seq, this.#context.staging)
    stageMention(step, record.id, this.#context.staging)
  }

  #takeProblem(record: ProblemRecord): void {
    const { of, severity, code, line, externalId, field, sentence, skipped } = record
    const step = of && stepOf(of).kind
    // A warning is a remark on a record that is counted itself.
    if (of && (severity === 'error' || skipped)) this.#count(of)
    if (step && !this.#steps.includes(step)) return
    this.#context.problems.add({ step, severity, code, file: this.#name, line, externalId, field, sentence })
    if (!step) return
    if (skipped) this.#context.problems.skip(step)
    stageMention(step, externalId, this.#context.staging)
  }

  #count(kind: RecordKind, records = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + records)
  }
}

function reportUnusedFiles(files: readonly ExportFile[], problems: ProblemLog): void {
  for (const { name, contents } of files) {
    if (contents.some((kind) => ANY_CONTENTS.includes(kind))) continue
    problems.add(unusedFile(name))
  }
}

const unusedFile = (file: string): Problem => ({
  step: null,
  severity: 'warning',
  code: 'file_not_used',
  file,
  line: null,
  externalId: null,
  field: null,
  sentence: { key: 'fileNotUsed' },
})
