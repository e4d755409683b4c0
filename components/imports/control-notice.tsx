'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ControlAnswer, ControlState } from '@/components/imports/control-state'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** What the last command did, or why it was refused; it stays until it is dismissed or another is given. */
export function ControlNotice({ answer }: { answer: ControlState }) {
  const t = useTranslations('control')
  const [dismissed, setDismissed] = useState<ControlState>(null)
  const shown = answer !== null && answer !== dismissed
  return (
    <div role="status" className="fixed bottom-14 left-3 z-20 max-w-md max-sm:right-3">
      {shown ? (
        <div className="rounded-lg bg-surface shadow-lg" data-answer={codeOf(answer)}>
          <Notice
            kind={'done' in answer ? 'good' : 'bad'}
            aside={
              <button
                type="button"
                aria-label={t('dismiss')}
                title={t('dismiss')}
                onClick={() => setDismissed(answer)}
                className={buttonClass('quiet', '-my-1.5 !px-1.5')}
              >
                <X aria-hidden className="size-4" />
              </button>
            }
          >
            <AnswerText answer={answer} />
          </Notice>
        </div>
      ) : null}
    </div>
  )
}

const codeOf = (answer: ControlAnswer) => ('done' in answer ? answer.done : answer.refused)

function AnswerText({ answer }: { answer: ControlAnswer }) {
  const t = useTranslations('control')
  const content = useTranslations('content')
  const id = String(answer.sessionId)
  if ('done' in answer) return t(`done.${answer.done}`, { id })
  switch (answer.refused) {
    case 'files_missing':
      return t('refused.files_missing', { id, kinds: answer.kinds.map((kind) => content(kind)).join(', ') })
    case 'already_active':
      return t.rich('refused.already_active', {
        id,
        other: String(answer.other),
        session: (text) => (
          <Link prefetch={false} href={`/admin/imports/${answer.other}`} className="font-medium text-accent underline">
            {text}
          </Link>
        ),
      })
    default:
      return t(`refused.${answer.refused}`, { id })
  }
}
