import { inRussian } from '@/lib/imports/in-russian'
import type { Sentence } from '@/lib/imports/sentence'
import { Prisma } from '@/prisma/client/client'

/** What a session failed with, as its columns hold it; null: with nothing. */
export const sessionError = (error: Sentence | null) => ({
  errorMessage: error && inRussian(error),
  errorSentence: asJson(error),
})

/** The same of an attempt. */
export const attemptError = (error: Sentence | null) => ({
  error: error && inRussian(error),
  errorSentence: asJson(error),
})

const asJson = (error: Sentence | null) => (error ? (error as unknown as Prisma.InputJsonObject) : Prisma.DbNull)
