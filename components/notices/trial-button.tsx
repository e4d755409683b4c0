'use client'

import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { buttonClass } from '@/components/ui/button'
import type { SentChannel } from '@/lib/notifications/notification'

type TrialState = 'sent' | 'too_soon' | null
export type TrialAction = (state: TrialState, form: FormData) => Promise<TrialState>

interface TrialButtonProps {
  channel: SentChannel
  /** Of the browser or the webhook; 0 for e-mail. */
  id: number
  /** Whom it reaches, in words. */
  target: string
  action: TrialAction
}

/** Has a trial sent, and says so. */
export function TrialButton({ channel, id, target, action }: TrialButtonProps) {
  const t = useTranslations('notices')
  const [state, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} className="inline-flex flex-wrap items-center gap-2">
      <input type="hidden" name="channel" value={channel} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" disabled={pending} aria-label={t('trialOne', { target })} className={buttonClass()}>
        <Send aria-hidden className="size-3.5" />
        {t('trial')}
      </button>
      <span role="status" className="text-muted text-xs empty:hidden">
        {state && !pending ? t(state === 'sent' ? 'trialSent' : 'trialTooSoon') : ''}
      </span>
    </form>
  )
}
