import type { Sentence } from './sentence'

/** A file that cannot be imported as a whole: nothing of the session is applied. The sentence is for the operator. */
export class ExportError extends Error {
  override name = 'ExportError'
  readonly sentence: Sentence

  constructor(sentence: Sentence) {
    super(`${sentence.key} ${JSON.stringify(sentence.values ?? {})}`)
    this.sentence = sentence
  }
}

/** A file that cannot be read on: where it broke, and why. */
export const brokenFile = (file: string, line: number, column: number, why: Sentence): ExportError =>
  new ExportError({ key: 'file.broken', values: { file, line, column, why } })

/** A file that is not taken as it is, although it may well be XML. */
export const refusedFile = (file: string, line: number, why: Sentence): ExportError =>
  new ExportError({ key: 'file.refused', values: { file, line, why } })
