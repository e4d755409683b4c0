'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { startTransition, useActionState } from 'react'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Field } from '@/components/users/field'
import { PasswordOnce } from '@/components/users/password-once'
import { RoleSelect } from '@/components/users/role-select'
import { type AddUserState, NEW_USER } from '@/components/users/user-form-state'

interface AddUserFormProps {
  shortest: number
  action: (state: AddUserState, form: FormData) => Promise<AddUserState>
}

const PROBLEM_ID = 'add-user-problem'

/** Who is to be added; afterwards, the password to hand over. */
export function AddUserForm({ shortest, action }: AddUserFormProps) {
  const t = useTranslations('users')
  const [{ email, name, role, problem, added }, submit, pending] = useActionState(action, NEW_USER)
  if (added)
    return (
      <div className="space-y-4">
        <PasswordOnce title={t('added', { email: added.email })} password={added.password} />
        <div className="flex flex-wrap gap-2">
          <Link href="/admin/users" className={buttonClass('primary')}>
            {t('back')}
          </Link>
          <Link href={`/admin/users/${added.id}`} className={buttonClass('quiet')}>
            {t('open')}
          </Link>
        </div>
      </div>
    )
  const describedBy = (about: AddUserState['problem']) => (problem === about ? PROBLEM_ID : undefined)
  return (
    <form
      action={submit}
      onSubmit={(event) => {
        // Instead of `action` where there is JavaScript: React empties a form after its action, and what was typed is to stay.
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        startTransition(() => submit(form))
      }}
      aria-busy={pending}
      className="space-y-4"
    >
      {problem ? (
        <Notice kind="bad" role="alert" id={PROBLEM_ID}>
          {t(`problem.${problem}`, { shortest })}
        </Notice>
      ) : null}
      <Field label={t('email')}>
        <input
          name="email"
          type="email"
          autoComplete="off"
          required
          maxLength={320}
          defaultValue={email}
          aria-describedby={describedBy('email') ?? describedBy('taken')}
          className={`${fieldClass} w-full`}
        />
      </Field>
      <Field label={t('name')} hint={t('optional')} hintId="name-hint">
        <input
          name="name"
          autoComplete="off"
          maxLength={200}
          defaultValue={name}
          aria-describedby="name-hint"
          className={`${fieldClass} w-full`}
        />
      </Field>
      <Field label={t('role')}>
        <RoleSelect chosen={role} />
      </Field>
      <Field label={t('password')} hint={t('passwordHint', { shortest })} hintId="password-hint">
        <input
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={shortest}
          aria-describedby={describedBy('password') ?? 'password-hint'}
          className={`${fieldClass} w-full`}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={pending} className={buttonClass('primary')}>
          {t('add')}
        </button>
        <Link href="/admin/users" className={buttonClass('quiet')}>
          {t('cancel')}
        </Link>
      </div>
    </form>
  )
}
