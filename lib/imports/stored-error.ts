import { inRussian } from '@/lib/imports/in-russian'
import { type Sentence, storable } from '@/lib/imports/sentence'
import { Prisma } from '@/prisma/client/client'

/** What a session failed with, as its columns hold it; null: with nothing. */
export function sessionError(error: Sentence | null) {
  const { error: errorMessage, errorSentence } = attemptError(error)
  return { errorMessage, errorSentence }
}

/** The same of an attempt. */
export function attemptError(error: Sentence | null) {
  if (!error) return { error: null, errorSentence: Prisma.DbNull }
  const stored = storable(error)
  return { error: inRussian(stored), errorSentence: stored as unknown as Prisma.InputJsonObject }
}
