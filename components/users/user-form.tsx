'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PasswordOnce } from '@/components/users/password-once'
import { UNCHANGED, type UserAction } from '@/components/users/user-form-state'

interface UserFormProps {
  userId: number
  action: UserAction
  submit: string
  shortest: number
  children?: ReactNode
}

/** One change of one user: its fields, its button, and below them how it went. */
export function UserForm({ userId, action, submit, shortest, children }: UserFormProps) {
  const t = useTranslations('users')
  const [{ problem, done, password }, run, pending] = useActionState(action, UNCHANGED)
  return (
    <form action={run} aria-busy={pending} className="space-y-3">
      <input type="hidden" name="id" value={userId} />
      {children}
      <button type="submit" disabled={pending} className={buttonClass()}>
        {submit}
      </button>
      {problem && !pending ? (
        <Notice kind="bad" role="alert">
          {t(`problem.${problem}`, { shortest })}
        </Notice>
      ) : null}
      {done && !pending && password === null ? (
        <Notice kind="good" role="status">
          {t(`done.${done}`)}
        </Notice>
      ) : null}
      {password !== null && !pending ? <PasswordOnce title={t('done.password')} password={password} /> : null}
    </form>
  )
}
