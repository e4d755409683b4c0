'use client'

import { signIn } from 'next-auth/react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TryAgain } from '@/components/ui/try-again'
import { secondsOf, UNAVAILABLE } from '@/lib/sign-in-error'

interface LoginState {
  email: string
  problem: 'wrong' | 'unreachable' | null
  /** There were too many tries: seconds until the next one. */
  retryAfter: number | null
}

/** E-mail and password; after signing in the browser opens `target`, a path of this site. */
export function LoginForm({ target }: { target: string }) {
  const t = useTranslations('login')
  const [state, submit, pending] = useActionState(
    async (_: LoginState, form: FormData): Promise<LoginState> => {
      const email = String(form.get('email') ?? '')
      try {
        const result = await signIn('credentials', { email, password: form.get('password'), redirect: false })
        if (!result?.ok || result.error) {
          const retryAfter = secondsOf(result?.error)
          return { email, problem: result?.error === UNAVAILABLE ? 'unreachable' : 'wrong', retryAfter }
        }
      } catch {
        return { email, problem: 'unreachable', retryAfter: null }
      }
      // A full load: nothing of what was cached for somebody else stays.
      window.location.assign(target)
      return new Promise(() => undefined)
    },
    { email: '', problem: null, retryAfter: null },
  )
  return (
    <form action={submit} aria-busy={pending} className="space-y-3.5 rounded-lg border border-line bg-surface p-5">
      {state.problem && !pending ? (
        <Notice kind="bad" role="alert" id="login-problem">
          {state.retryAfter === null ? t(state.problem) : <TryAgain seconds={state.retryAfter} />}
        </Notice>
      ) : null}
      <label className="block space-y-1">
        <span className="font-medium">{t('email')}</span>
        <input
          // Remounted with each answer: React empties the form after an action, and this is to stay.
          key={state.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={state.email}
          aria-describedby={state.problem ? 'login-problem' : undefined}
          className={`${fieldClass} w-full`}
        />
      </label>
      <label className="block space-y-1">
        <span className="font-medium">{t('password')}</span>
        <input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-describedby={state.problem ? 'login-problem' : undefined}
          className={`${fieldClass} w-full`}
        />
      </label>
      <button type="submit" disabled={pending} className={buttonClass('primary', 'w-full')}>
        {pending ? t('pending') : t('submit')}
      </button>
    </form>
  )
}
