import { setTimeout } from 'node:timers/promises'
import { env } from '@/lib/env'
import { type ExportFile, statExport } from '@/lib/imports/export'
import { ExportError } from './commerceml/export-error'
import type { Sentence } from './commerceml/sentence'

// An export is a folder that somebody else writes. Half of it must never be taken for all of it: what changes while it is
// read fails the attempt, by name, before anything is applied.

/** What tells that a file is still the one it was. */
type Stamps = Map<string, string>

/** How often a folder that is being written is looked at before the attempt fails. */
const LOOKS = 15

const stampOf = ({ size, modifiedAt }: Pick<ExportFile, 'size' | 'modifiedAt'>) => `${size} ${modifiedAt.getTime()}`

/** Waits while files are being written: until what is very new has stood still for a moment. */
export async function untilSettled(source: string, signal: AbortSignal): Promise<void> {
  const wait = env().EXPORT_SETTLE_MS
  for (let look = 0; look < LOOKS; look++) {
    const before = await statExport(source)
    // Either way round: the files' clock may be another machine's.
    const isNew = before?.some(({ modifiedAt }) => Math.abs(Date.now() - modifiedAt.getTime()) < wait)
    if (!before || !isNew) return
    await setTimeout(wait, undefined, { signal })
    const after = await statExport(source)
    if (after && !firstDifference(stampsOf(before), stampsOf(after))) return
  }
  throw new ExportError({ key: 'folder.beingWritten', values: { folder: source } })
}

/** Throws when the export is not any more what it was when it was inspected. */
export async function mustBeUnchanged(source: string, inspected: readonly ExportFile[]): Promise<void> {
  const now = await statExport(source)
  if (!now) throw new ExportError({ key: 'folder.vanished', values: { folder: source } })
  const difference = firstDifference(stampsOf(inspected), stampsOf(now))
  if (difference) throw new ExportError(difference)
}

/** What to tell of a file that could not be read to its end: it may have been changed under our hands. */
export async function whyUnread(error: unknown, source: string, file: ExportFile): Promise<unknown> {
  const { code, syscall } = error as NodeJS.ErrnoException
  const isOfTheFile =
    error instanceof ExportError || (code && ['open', 'read', 'close', 'fstat'].includes(syscall ?? ''))
  if (!isOfTheFile) return error
  const now = await statExport(source)
  const found = now?.find(({ name }) => name === file.name)
  if (!found) return new ExportError(vanished(file.name))
  if (stampOf(found) !== stampOf(file)) return new ExportError(changed(file.name))
  if (error instanceof ExportError) return error
  return new ExportError({ key: 'file.unreadable', values: { file: file.name, code: code ?? '' } })
}

const stampsOf = (files: readonly Pick<ExportFile, 'name' | 'size' | 'modifiedAt'>[]): Stamps =>
  new Map(files.map((file) => [file.name, stampOf(file)]))

function firstDifference(before: Stamps, after: Stamps): Sentence | null {
  for (const [name, stamp] of before) {
    const now = after.get(name)
    if (now === undefined) return vanished(name)
    if (now !== stamp) return changed(name)
  }
  for (const file of after.keys()) if (!before.has(file)) return { key: 'file.appeared', values: { file } }
  return null
}

const changed = (file: string): Sentence => ({ key: 'file.changed', values: { file } })
const vanished = (file: string): Sentence => ({ key: 'file.vanished', values: { file } })
