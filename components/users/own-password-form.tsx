'use client'

import { signIn } from 'next-auth/react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TryAgain } from '@/components/ui/try-again'
import { Field } from '@/components/users/field'
import { type OwnPasswordState, SAME_PASSWORD } from '@/components/users/user-form-state'

interface OwnPasswordFormProps {
  email: string
  shortest: number
  action: (state: OwnPasswordState, form: FormData) => Promise<OwnPasswordState>
}

/** Changes one's own password; every other sign-in ends, this one is renewed. */
export function OwnPasswordForm({ email, shortest, action }: OwnPasswordFormProps) {
  const t = useTranslations('profile')
  const [{ problem, retryAfter, done }, submit, pending] = useActionState(
    async (state: OwnPasswordState, form: FormData) => {
      const answer = await action(state, form)
      if (answer.done) {
        const renewed = await signIn('credentials', { email, password: form.get('next'), redirect: false })
        if (!renewed?.ok) window.location.assign('/login?callbackUrl=/admin/profile')
      }
      return answer
    },
    SAME_PASSWORD,
  )
  return (
    <form action={submit} aria-busy={pending} className="max-w-sm space-y-4">
      {problem && !pending ? (
        <Notice kind="bad" role="alert" id="password-problem">
          {problem === 'throttled' ? <TryAgain seconds={retryAfter} /> : t(`problem.${problem}`, { shortest })}
        </Notice>
      ) : null}
      {done && !pending ? (
        <Notice kind="good" role="status">
          {t('done')}
        </Notice>
      ) : null}
      {/* For the browser's password manager. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      {(['current', 'next', 'again'] as const).map((name) => (
        <Field
          key={name}
          label={t(name)}
          {...(name === 'next' ? { hint: t('hint', { shortest }), hintId: 'next-hint' } : {})}
        >
          <input
            name={name}
            type="password"
            required
            autoComplete={name === 'current' ? 'current-password' : 'new-password'}
            minLength={name === 'current' ? undefined : shortest}
            aria-describedby={problem && !pending ? 'password-problem' : name === 'next' ? 'next-hint' : undefined}
            className={`${fieldClass} w-full`}
          />
        </Field>
      ))}
      <button type="submit" disabled={pending} className={buttonClass('primary')}>
        {pending ? t('pending') : t('submit')}
      </button>
    </form>
  )
}
