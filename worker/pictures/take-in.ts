import { availableParallelism } from 'node:os'
import type { PictureFormat } from '@/lib/media'
import { concurrently } from './concurrently'
import { type Hashed, hashFile } from './hash'
import { inspectPicture } from './inspect'
import type { PictureLocator } from './locate'
import { changing, damaged, notAPicture, type PictureProblem, unreadable } from './problems'
import { isStored, type PictureStore } from './store'

/** A picture somebody names: its path, and the file that names it. */
export interface NamedPicture {
  path: string
  namedIn: string | null
}

/** A picture that is good, and stored unless this is a dry run. */
export interface Picture {
  hash: string
  format: PictureFormat
  width: number
  height: number
  bytes: number
}

interface Context {
  locator: PictureLocator
  /** Null in a dry run: nothing is written. */
  store: PictureStore | null
  /** What is known already of contents, by hash: a known picture is not decoded again. */
  known(hashes: string[]): Promise<Map<string, Picture>>
  signal: AbortSignal
}

type Outcome = Picture | PictureProblem
type FoundFile = Hashed & { file: string; path: string; format: PictureFormat }

export const isProblem = <T extends object>(outcome: T | PictureProblem): outcome is PictureProblem => 'code' in outcome

/** More would wait for each other, or for the disk; a decoded picture takes memory. */
const LANES = Math.min(4, availableParallelism())

/** Takes a batch of pictures in, in order; what is wrong with one of them is its outcome and nobody else's. */
export async function takeIn(pictures: readonly NamedPicture[], context: Context): Promise<Outcome[]> {
  const found = await concurrently(pictures, LANES, (picture) => find(picture, context))
  const files = found.filter((file): file is FoundFile => !isProblem(file))
  const known = await context.known([...new Set(files.map(({ hash }) => hash))])
  // Each content once, however many name it.
  const contents = [...new Map(files.map((file) => [file.hash, file])).values()]
  const outcomes = await concurrently(contents, LANES, (file) => store(file, known.get(file.hash), context))
  const byHash = new Map(contents.map(({ hash }, i) => [hash, outcomes[i]]))
  return found.map((file) => (isProblem(file) ? file : (byHash.get(file.hash) ?? damaged(file.path))))
}

async function find(
  { path, namedIn }: NamedPicture,
  { locator, signal }: Context,
): Promise<FoundFile | PictureProblem> {
  signal.throwIfAborted()
  const file = await locator.locate(path, namedIn)
  if (typeof file !== 'string') return file
  try {
    const { hash, bytes, format } = await hashFile(file, signal)
    return format ? { path, file, hash, bytes, format } : notAPicture(path)
  } catch (error) {
    signal.throwIfAborted()
    return unreadable(path, (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

async function store(found: FoundFile, known: Picture | undefined, context: Context): Promise<Outcome> {
  const { hash, format, bytes } = found
  context.signal.throwIfAborted()
  if (known && (!context.store || (await isStored(hash, format, bytes)))) return known
  return context.store ? keep(found, context.store, context.signal) : inspect(found, context.signal)
}

async function keep(found: FoundFile, store: PictureStore, signal: AbortSignal): Promise<Outcome> {
  const draft = await store.draft(found.file)
  try {
    if ((await hashFile(draft, signal)).hash !== found.hash) return changing(found.path)
    const inspected = await inspectPicture(draft, found.format, found.path, signal)
    if (isProblem(inspected)) return inspected
    await store.keep(draft, found.hash, found.format, inspected.thumbnail)
    return pictureOf(found, inspected)
  } finally {
    await store.discard(draft)
  }
}

async function inspect(found: FoundFile, signal: AbortSignal): Promise<Outcome> {
  const inspected = await inspectPicture(found.file, found.format, found.path, signal)
  return isProblem(inspected) ? inspected : pictureOf(found, inspected)
}

const pictureOf = ({ hash, format, bytes }: FoundFile, { width, height }: { width: number; height: number }) => ({
  hash,
  format,
  width,
  height,
  bytes,
})
