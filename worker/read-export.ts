import type { Logger } from 'pino'
import { env } from '@/lib/env'
import { type ExportFile, filesWith, inspectExport } from '@/lib/imports/export'
import type { Claim, ClaimLostError } from '@/lib/imports/lifecycle'
import { type ContentKind, IMPORT_TYPES } from '@/lib/imports/types'
import type { StepKind } from '@/prisma/client/enums'
import { ExportError } from './commerceml/export-error'
import { readFile } from './commerceml/read-file'
import type { ProblemRecord, RecordKind } from './commerceml/records'
import { ImportFailure } from './import-failure'
import type { ProblemLog } from './problem-log'
import { ReadingProgress } from './progress'
import type { Staging } from './staging'
import { stepOf } from './steps/all-steps'

/** What reading found: the files, by number, and how many records of each kind there were, good or bad. */
export interface ReadExport {
  files: string[]
  counts: Map<RecordKind, number>
}

/** The contents that the records of each step come from. */
const CONTENTS: Record<StepKind, ContentKind[]> = {
  groups: ['groups'],
  properties: ['properties'],
  price_types: ['priceTypes'],
  warehouses: ['warehouses'],
  goods: ['goods'],
  offers: ['offers'],
  prices: ['prices'],
  stock: ['stock'],
}

/** What some step of some import type reads; a file with nothing of it is named in the session's report. */
const ANY_CONTENTS = Object.values(CONTENTS).flat()

/** Reads the export once and stages what the session's steps import (COMMERCEML.md §4.1). Nothing visible changes. */
export async function readExport(
  claim: Claim,
  steps: readonly StepKind[],
  {
    staging,
    problems,
    log,
    signal,
    onClaimLost,
  }: {
    staging: Staging
    problems: ProblemLog
    log: Logger
    signal: AbortSignal
    onClaimLost: (error: ClaimLostError) => void
  },
): Promise<ReadExport> {
  const summary = await inspectExport(claim.source)
  if (!summary)
    throw new ExportError(
      `Папка выгрузки ${claim.source} не найдена или недоступна. Проверьте её и запустите импорт ещё раз.`,
    )
  reportUnusedFiles(summary.files, problems)
  const files = filesWith(
    summary,
    steps.flatMap((step) => CONTENTS[step]),
  )
  const progress = new ReadingProgress(
    claim,
    files.reduce((sum, { size }) => sum + size, 0),
    onClaimLost,
    log,
  )
  const counts = new Map<RecordKind, number>()
  let seq = 0
  for (const [file, { name }] of files.entries()) {
    const fileOffset = seq
    for await (const { records, bytes } of readFile(claim.source, name)) {
      signal.throwIfAborted()
      for (const record of records) {
        seq++
        const kind = record.kind === 'problem' ? record.of : record.kind
        if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
        if (kind && !steps.includes(stepOf(kind).kind)) continue
        if (record.kind === 'problem') problems.add(toProblem(record, name))
        else stepOf(record.kind).stage(record, { seq, fileOffset, file }, staging)
      }
      await staging.drain()
      progress.read(name, bytes)
    }
    log.debug({ file: name }, 'file read')
  }
  await staging.finish()
  await progress.finish()
  return { files: files.map(({ name }) => name), counts }
}

const toProblem = ({ of, severity, code, line, externalId, field, message }: ProblemRecord, file: string) => ({
  step: of && stepOf(of).kind,
  severity,
  code,
  file,
  line,
  externalId,
  field,
  message,
})

function reportUnusedFiles(files: readonly ExportFile[], problems: ProblemLog): void {
  for (const { name, contents } of files) {
    if (contents.some((kind) => ANY_CONTENTS.includes(kind))) continue
    const message = 'В файле нет ничего, что умеет загружать Обмен; он пропущен.'
    problems.add({
      step: null,
      severity: 'warning',
      code: 'file_not_used',
      file: name,
      line: null,
      externalId: null,
      field: null,
      message,
    })
  }
}

/** The kind of record without which a type has imported nothing (COMMERCEML.md §6). */
const MANDATORY = {
  goods: { kind: 'good', noun: 'ни одного товара' },
  prices: { kind: 'price', noun: 'ни одной цены' },
  stock: { kind: 'stock', noun: 'ни одного остатка' },
} as const satisfies Record<
  (typeof IMPORT_TYPES)[keyof typeof IMPORT_TYPES]['needs'][number],
  { kind: RecordKind; noun: string }
>

/** What needs the whole export is checked before anything is written (COMMERCEML.md §4.2). */
export function checkExport(
  claim: Claim,
  steps: readonly StepKind[],
  { counts }: ReadExport,
  problems: ProblemLog,
): void {
  for (const need of new Set(claim.types.flatMap((type) => IMPORT_TYPES[type].needs))) {
    const { kind, noun } = MANDATORY[need]
    // On a retry the step may be done already, and its files were not read again.
    if (counts.get(kind) || !steps.includes(stepOf(kind).kind)) continue
    throw new ImportFailure(
      `В выгрузке нет ${noun}. Ничего не изменено. Проверьте настройку выгрузки в 1С и выгрузите снова.`,
    )
  }
  for (const step of steps) checkErrorShare(step, countOfStep(step, counts), problems)
}

/** Records of the step, good or bad. */
export const countOfStep = (step: StepKind, counts: Map<RecordKind, number>): number =>
  [...counts].reduce((sum, [kind, count]) => (stepOf(kind).kind === step ? sum + count : sum), 0)

/** Errors beyond the limit fail the session (COMMERCEML.md §7). */
export function checkErrorShare(step: StepKind, processed: number, problems: ProblemLog): void {
  const errors = problems.countOf(step, 'error')
  const limit = env().IMPORT_MAX_ERROR_SHARE
  if (errors === 0 || errors <= limit * processed) return
  throw new ImportFailure(
    `С ошибками ${errors} из ${processed} записей одного этапа — больше допустимых ${Math.round(limit * 100)} %. ` +
      'Этап не применён. Замечания ниже говорят, что исправить в 1С.',
  )
}
