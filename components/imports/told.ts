import { useTranslations } from 'next-intl'
import { inWords, type Sentence, type SentenceKey } from '@/lib/imports/sentence'

type Translate = ReturnType<typeof useTranslations<'sentence'>>

/** What was stored of a problem or a failure, in the reader's words; as it was written then, where we know no better. */
export function told<Message extends string | null>(
  t: Translate,
  message: Message,
  sentence: Sentence | null,
): Message {
  // A newer version may have stored what this one cannot say.
  if (message === null || sentence === null || !t.has(sentence.key)) return message
  return inWords((key: SentenceKey, values) => t(key, values as never), sentence) as Message
}

/** The same within a component. */
export function useTold(): <Message extends string | null>(message: Message, sentence: Sentence | null) => Message {
  const t = useTranslations('sentence')
  return (message, sentence) => told(t, message, sentence)
}
