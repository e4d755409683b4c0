'use client'

import { useTranslations } from 'next-intl'
import { startTransition, useActionState } from 'react'
import { type TrialAction, TrialButton } from '@/components/notices/trial-button'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { CHOSEN_CHANNELS, SCOPES, type Scopes } from '@/lib/notifications/notification'

interface ScopeFormProps {
  scopes: Scopes
  email: string
  /** Whether there is a mail server. */
  hasMail: boolean
  action: (state: boolean, form: FormData) => Promise<boolean>
  sendTrial: TrialAction
}

/** What to tell in which way. */
export function ScopeForm({ scopes, email, hasMail, action, sendTrial }: ScopeFormProps) {
  const t = useTranslations('notices')
  const [isSaved, submit, pending] = useActionState(action, false)
  return (
    <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
      <form
        id="scopes"
        action={submit}
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          startTransition(() => submit(form))
        }}
        aria-busy={pending}
        className="space-y-3.5"
      >
        {CHOSEN_CHANNELS.map((channel) => (
          <div key={channel} className="grid gap-x-4 gap-y-1 sm:grid-cols-[1fr_14rem]">
            <div>
              <label htmlFor={`scope-${channel}`} className="font-medium">
                {t(`channel.${channel}`)}
              </label>
              <p id={`scope-${channel}-about`} className="text-muted text-xs [overflow-wrap:anywhere]">
                {t(`channelAbout.${channel}`, { email })}
              </p>
              {channel === 'email' && !hasMail ? <p className="text-orange-ink text-xs">{t('noSmtp')}</p> : null}
            </div>
            <select
              id={`scope-${channel}`}
              name={channel}
              defaultValue={scopes[channel]}
              aria-describedby={`scope-${channel}-about`}
              className={`${fieldClass} self-start`}
            >
              {SCOPES.map((scope) => (
                <option key={scope} value={scope}>
                  {t(`scope.${scope}`)}
                </option>
              ))}
            </select>
          </div>
        ))}
        <p className="text-muted text-xs">{t('scopeHint')}</p>
      </form>
      <div className="flex flex-wrap items-center gap-2">
        <button type="submit" form="scopes" disabled={pending} className={buttonClass('primary')}>
          {t(pending ? 'saving' : 'save')}
        </button>
        {hasMail ? <TrialButton channel="email" id={0} target={email} action={sendTrial} /> : null}
        <span role="status" className="text-muted">
          {isSaved && !pending ? t('saved') : ''}
        </span>
      </div>
    </div>
  )
}
