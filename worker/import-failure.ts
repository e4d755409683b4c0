import type { Sentence } from '@/lib/imports/sentence'

/** An import that failed for a reason the operator should read, and that another attempt would meet again. */
export class ImportFailure extends Error {
  override name = 'ImportFailure'
  readonly sentence: Sentence

  constructor(sentence: Sentence) {
    super(`${sentence.key} ${JSON.stringify(sentence.values ?? {})}`)
    this.sentence = sentence
  }
}
