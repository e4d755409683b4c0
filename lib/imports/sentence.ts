import type messages from '@/messages/ru.json'

type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

/** Every sentence that an import can have to say (messages/*.json, `sentence`). */
export type SentenceKey = Paths<(typeof messages)['sentence']>

/**
 * What the operator is told of a problem or a failure: which sentence, and what stands in its gaps, which may be a
 * sentence itself. It is stored so, and worded in the language of whoever reads it; beside it the words in Russian are
 * stored, for SQL, the search and the log.
 */
export interface Sentence {
  key: SentenceKey
  values?: Readonly<Record<string, string | number | Sentence>> | undefined
}

/** Words of one language, as next-intl's translator for the namespace `sentence` gives them. */
export type Words = (key: SentenceKey, values: Record<string, string | number>) => string

/** A sentence in words. */
export function inWords(words: Words, { key, values = {} }: Sentence): string {
  const worded = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? inWords(words, value) : value,
  ])
  return words(key, Object.fromEntries(worded))
}

/** A sentence as PostgreSQL takes it: what was cut short may end in half a character, and that is no text to it. */
export function storable({ key, values = {} }: Sentence): Sentence {
  const whole = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'object') return [name, storable(value)]
    return [name, typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value]
  })
  return { key, values: Object.fromEntries(whole) }
}
