'use server'

import { refresh } from 'next/cache'
import { chosenPassword, email, personName, role, userId } from '@/app/admin/users/user-forms'
import { type AddUserState, UNCHANGED, type UserState } from '@/components/users/user-form-state'
import { forgetSharedReads } from '@/lib/events/shared-read'
import { newPassword } from '@/lib/password'
import { type CurrentUser, requirePermission } from '@/lib/session'
import {
  addUser as add,
  disableUser,
  enableUser,
  changeRole as giveRole,
  openAddress,
  resetPassword as setPassword,
  type UserChange,
  unblockUser as unblock,
} from '@/lib/users/commands'

const mayManage = () => requirePermission('users.manage', '/admin/users')

/** Adds a user with the password that was set, or one made up; it is shown once. */
export async function addUser(_: AddUserState, form: FormData): Promise<AddUserState> {
  const admin = await mayManage()
  const typed = { email: String(form.get('email') ?? ''), name: String(form.get('name') ?? '') }
  const chosenRole = role.catch('OPERATOR').parse(form.get('role'))
  const refuse = (problem: AddUserState['problem']) => ({ ...typed, role: chosenRole, problem, added: null })
  if (!admin) return refuse('forbidden')
  const address = email.safeParse(typed.email)
  if (!address.success) return refuse('email')
  const name = personName.safeParse(typed.name)
  if (!name.success) return refuse('name')
  const chosen = chosenPassword.safeParse(form.get('password') ?? '')
  if (!chosen.success) return refuse('password')
  const password = chosen.data ?? newPassword()
  const result = await add({ email: address.data, name: name.data, role: chosenRole, password }, admin)
  if (!result.ok) return refuse(result.reason)
  return { ...typed, role: chosenRole, problem: null, added: { id: result.id, email: address.data, password } }
}

/** Gives a user another role. */
export const changeRole = async (_: UserState, form: FormData): Promise<UserState> =>
  changing(form, 'role', async (id, admin) => {
    const chosen = role.safeParse(form.get('role'))
    return chosen.success ? giveRole(id, chosen.data, admin) : { ok: false, reason: 'unknown' }
  })

/** Closes a user's access, or opens it again. */
export const setAccess = async (_: UserState, form: FormData): Promise<UserState> =>
  form.get('access') === 'open' ? changing(form, 'enabled', enableUser) : changing(form, 'disabled', disableUser)

/** Lets somebody whom failed sign-ins keep out in again. */
export const unblockUser = async (_: UserState, form: FormData): Promise<UserState> =>
  changing(form, 'unblocked', unblock)

/** Lets people sign in again from an address that is blocked. */
export async function unblockAddress(form: FormData): Promise<void> {
  const admin = await mayManage()
  const address = form.get('address')
  if (admin && typeof address === 'string' && address.length < 100) await openAddress(address, admin)
  refresh()
}

/** Gives a user another password, set or made up; it is shown once. */
export async function resetPassword(_: UserState, form: FormData): Promise<UserState> {
  let password: string | null = null
  const state = await changing(form, 'password', async (id, admin) => {
    const chosen = chosenPassword.safeParse(form.get('password') ?? '')
    if (!chosen.success) return { ok: false, reason: 'password' }
    password = chosen.data ?? newPassword()
    return setPassword(id, password, admin)
  })
  return state.problem === null ? { ...state, password } : state
}

type Change = (id: number, admin: CurrentUser) => Promise<UserChange | { ok: false; reason: 'password' }>

async function changing(form: FormData, done: UserState['done'], change: Change): Promise<UserState> {
  const admin = await mayManage()
  if (!admin) return { ...UNCHANGED, problem: 'forbidden' }
  const id = userId.safeParse(form.get('id'))
  const result = id.success ? await change(id.data, admin) : ({ ok: false, reason: 'unknown' } as const)
  // What is heard of a moment later by the other processes counts here at once.
  forgetSharedReads()
  refresh()
  return result.ok ? { ...UNCHANGED, done } : { ...UNCHANGED, problem: result.reason }
}
