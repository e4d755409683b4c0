import { createTranslator } from 'next-intl'
import { inWords, type Sentence } from '@/lib/imports/sentence'
import messages from '@/messages/ru.json' with { type: 'json' }

const translate = createTranslator({ locale: 'ru', messages, namespace: 'sentence' })

/** A sentence in Russian, as it is stored and logged. */
export const inRussian = (sentence: Sentence): string =>
  inWords((key, values) => translate(key, values as never), sentence)
