import type { createTranslator, Messages } from 'next-intl'

type Words = Pick<ReturnType<typeof createTranslator<Messages, 'problemCode'>>, 'has'> & ((key: 'missing_id') => string)

/** A code in words; the code itself, when a newer worker knows more codes than these pages. */
export function problemTitle(t: Words, code: string): string {
  const key = code as 'missing_id'
  return t.has(key) ? t(key) : code
}
