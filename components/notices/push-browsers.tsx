'use client'

import { BellOff, BellRing, MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useTransition } from 'react'
import {
  type BrowserSubscription,
  currentEndpoint,
  type PushProblem,
  subscribe,
  unsubscribe,
} from '@/components/notices/subscribe'
import { type TrialAction, TrialButton } from '@/components/notices/trial-button'
import { buttonClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'
import type { PushBrowser } from '@/lib/notifications/notification'

interface PushBrowsersProps {
  browsers: PushBrowser[]
  publicKey: string
  save: (subscription: BrowserSubscription) => Promise<boolean>
  remove: (form: FormData) => Promise<void>
  sendTrial: TrialAction
}

/** The browsers that show notifications, and the way to make this one do so. */
export function PushBrowsers({ browsers, publicKey, save, remove, sendTrial }: PushBrowsersProps) {
  const t = useTranslations('notices')
  const [here, setHere] = useState<string | null | undefined>(null)
  const [problem, setProblem] = useState<PushProblem | null>(null)
  const [pending, startTransition] = useTransition()
  useEffect(() => {
    currentEndpoint()
      .catch(() => null)
      .then(setHere)
  }, [])

  const switchOn = () =>
    startTransition(async () => {
      setProblem(null)
      const result = await subscribe(publicKey)
      if (typeof result === 'string') return setProblem(result)
      if (await save(result)) setHere(result.endpoint)
      else setProblem('refused')
    })
  const isHere = browsers.some(({ endpoint }) => endpoint === here)
  const shown = problem ?? (here === undefined ? 'unsupported' : null)
  return (
    <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
      {browsers.length === 0 ? <p className="text-muted">{t('pushNone')}</p> : null}
      <ul className="space-y-2.5 empty:hidden">
        {browsers.map(({ id, label, endpoint, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1 basis-48">
              {label}
              {endpoint === here ? <span className="text-green-ink"> · {t('thisBrowser')}</span> : null}
              <span className="block text-muted text-xs">
                {t.rich('pushSince', { time: () => <DateTime value={createdAt} /> })}
              </span>
            </span>
            <TrialButton channel="push" id={id} target={label} action={sendTrial} />
            <form
              action={async (form) => {
                if (endpoint === here) await unsubscribe().catch(() => undefined)
                await remove(form)
              }}
            >
              <input type="hidden" name="id" value={id} />
              <button type="submit" aria-label={t('pushOffOne', { browser: label })} className={buttonClass('quiet')}>
                <BellOff aria-hidden className="size-4" />
                {t('pushOff')}
              </button>
            </form>
          </li>
        ))}
      </ul>
      {isHere ? null : (
        <button type="button" onClick={switchOn} disabled={pending || here === undefined} className={buttonClass()}>
          <BellRing aria-hidden className="size-4" />
          {t(pending ? 'pushing' : 'pushOn')}
        </button>
      )}
      {shown ? (
        <Notice kind={problem ? 'bad' : 'info'} role={problem ? 'alert' : 'status'}>
          {t(`pushProblem.${shown}`)}
        </Notice>
      ) : null}
    </div>
  )
}
