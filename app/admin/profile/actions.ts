'use server'

import { z } from 'zod'
import { type OwnPasswordState, SAME_PASSWORD } from '@/components/users/user-form-state'
import { forgetSharedReads } from '@/lib/events/shared-read'
import { PASSWORD_LENGTH } from '@/lib/password'
import { requireUser } from '@/lib/session'
import { changeOwnPassword as change } from '@/lib/users/commands'

const typed = z.string().max(1000).catch('')

/** Changes the password of whoever asks; their other sign-ins end with it. */
export async function changeOwnPassword(_: OwnPasswordState, form: FormData): Promise<OwnPasswordState> {
  const user = await requireUser('/admin/profile')
  const next = typed.parse(form.get('next'))
  if (next.length < PASSWORD_LENGTH.min || next.length > PASSWORD_LENGTH.max) return refused('length')
  if (next !== typed.parse(form.get('again'))) return refused('mismatch')
  const result = await change(user, { current: typed.parse(form.get('current')), next })
  if (result.ok) {
    forgetSharedReads()
    return { ...SAME_PASSWORD, done: true }
  }
  return { ...refused(result.reason), retryAfter: result.reason === 'throttled' ? result.retryAfter : 0 }
}

const refused = (problem: OwnPasswordState['problem']): OwnPasswordState => ({ ...SAME_PASSWORD, problem })
