'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { type TrialAction, TrialButton } from '@/components/notices/trial-button'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { SCOPES, type WebhookChoice } from '@/lib/notifications/notification'

interface WebhookFormState {
  url: string
  problem: 'url' | 'many' | 'viewer' | null
}

interface WebhooksProps {
  webhooks: WebhookChoice[]
  /** Whether this user may add some. */
  mayEdit: boolean
  add: (state: WebhookFormState, form: FormData) => Promise<WebhookFormState>
  remove: (form: FormData) => Promise<void>
  sendTrial: TrialAction
}

/** The webhooks of a user, each with its secret, and the form that adds one. */
export function Webhooks({ webhooks, mayEdit, add, remove, sendTrial }: WebhooksProps) {
  const t = useTranslations('notices')
  return (
    <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
      <p className="text-muted text-xs">{t('webhooksHint')}</p>
      {webhooks.length === 0 ? <p className="text-muted">{t('noWebhooks')}</p> : null}
      <ul className="space-y-3 empty:hidden">
        {webhooks.map(({ id, url, secret, scope }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className="min-w-0 flex-1 basis-60">
              <span className="block font-mono text-xs [overflow-wrap:anywhere]">{url}</span>
              <span className="text-muted text-xs">
                {t(`scope.${scope}`)} · {t('secret')}:{' '}
                <CopyButton value={secret} label={t('copySecret')}>
                  {`${secret.slice(0, 6)}…`}
                </CopyButton>
              </span>
            </span>
            <TrialButton channel="webhook" id={id} target={url} action={sendTrial} />
            <form action={remove}>
              <input type="hidden" name="id" value={id} />
              <button
                type="submit"
                aria-label={t('deleteWebhookOne', { url })}
                title={t('deleteWebhook')}
                className={buttonClass('quiet', '!px-2')}
              >
                <Trash2 aria-hidden className="size-4" />
              </button>
            </form>
          </li>
        ))}
      </ul>
      {mayEdit ? <AddWebhook add={add} /> : <p className="text-muted text-xs">{t('webhookViewer')}</p>}
    </div>
  )
}

function AddWebhook({ add }: Pick<WebhooksProps, 'add'>) {
  const t = useTranslations('notices')
  const [{ url, problem }, submit, pending] = useActionState(add, { url: '', problem: null })
  return (
    <form action={submit} aria-busy={pending} noValidate className="space-y-2.5 border-line border-t pt-3">
      <div className="flex flex-wrap items-end gap-2.5">
        <label className="block min-w-0 flex-1 basis-60 space-y-1">
          <span className="font-medium">{t('webhookUrl')}</span>
          <input
            // Remounted with each answer: React empties a form after its action, and a refused address is to stay.
            key={url}
            name="url"
            type="url"
            required
            autoComplete="off"
            placeholder="https://"
            defaultValue={url}
            aria-invalid={problem === 'url'}
            aria-describedby={problem ? 'webhook-problem' : undefined}
            className={`${fieldClass} block w-full`}
          />
        </label>
        <label className="block space-y-1">
          <span className="font-medium">{t('webhookScope')}</span>
          <select name="scope" defaultValue="all" className={`${fieldClass} block`}>
            {SCOPES.filter((scope) => scope !== 'none').map((scope) => (
              <option key={scope} value={scope}>
                {t(`scope.${scope}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={pending} className={buttonClass()}>
          {t('addWebhook')}
        </button>
      </div>
      {problem ? (
        <Notice kind="bad" role="alert" id="webhook-problem">
          {t(`webhookProblem.${problem}`)}
        </Notice>
      ) : null}
    </form>
  )
}
