import type { Sentence } from '@/lib/imports/sentence'
import type { ProblemCode } from '@/worker/commerceml/problem-codes'

/** Why a picture cannot be imported, for the operator: what is wrong, and what to mend. */
export interface PictureProblem {
  code: Extract<ProblemCode, 'bad_picture_path' | 'picture_missing' | 'picture_broken'>
  sentence: Sentence
}

/** The most a picture may have, width × height. */
export const MAX_PIXELS = 50_000_000
/** The most a file may have, in bytes: no picture within MAX_PIXELS needs as much, and other files are soon put aside. */
export const MAX_BYTES = 512 * 1024 * 1024

/** What stands there may be anything, of any length. */
const shown = (path: string) => path.replace(/\p{Cc}|\p{Cs}/gu, '\uFFFD').slice(0, 150)

export const badPath = (raw: string): Sentence => ({ key: 'picture.badPath', values: { path: shown(raw) } })

export const leadsOutside = (path: string): PictureProblem => ({
  code: 'bad_picture_path',
  sentence: { key: 'picture.leadsOutside', values: { path: shown(path) } },
})

export const missing = (path: string): PictureProblem => ({
  code: 'picture_missing',
  sentence: { key: 'picture.missing', values: { path: shown(path) } },
})

export const unreadable = (path: string, code: string): PictureProblem => ({
  code: 'picture_missing',
  sentence: { key: 'picture.unreadable', values: { path: shown(path), code } },
})

export const empty = (path: string): PictureProblem => broken('empty', path)

export const notAPicture = (path: string): PictureProblem => broken('otherFormat', path)

export const damaged = (path: string): PictureProblem => broken('damaged', path)

export const tooManyPixels = (path: string, width: number, height: number): PictureProblem =>
  broken('tooManyPixels', path, { width, height, limit: MAX_PIXELS / 1e6 })

export const tooManyBytes = (path: string): PictureProblem =>
  broken('tooManyBytes', path, { limit: MAX_BYTES / 1024 / 1024 })

export const changing = (path: string): PictureProblem => broken('changing', path)

const broken = (
  what: 'empty' | 'otherFormat' | 'damaged' | 'tooManyPixels' | 'tooManyBytes' | 'changing',
  path: string,
  values: Record<string, number> = {},
): PictureProblem => ({
  code: 'picture_broken',
  sentence: { key: `picture.${what}`, values: { path: shown(path), ...values } },
})
