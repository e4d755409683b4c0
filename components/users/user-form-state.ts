import type { Role } from '@/prisma/client/enums'

/** What the form of a new user shows: what was typed, and how it went. */
export interface AddUserState {
  email: string
  name: string
  role: Role
  problem: 'email' | 'name' | 'password' | 'taken' | 'forbidden' | null
  /** Who was added; the password is shown this once. */
  added: { id: number; email: string; password: string } | null
}

export const NEW_USER: AddUserState = { email: '', name: '', role: 'OPERATOR', problem: null, added: null }

/** How a change of a user went. */
export interface UserState {
  problem: 'unknown' | 'own' | 'last_admin' | 'password' | 'forbidden' | null
  done: 'role' | 'disabled' | 'enabled' | 'unblocked' | 'password' | null
  /** A password that was just set; shown this once. */
  password: string | null
}

export const UNCHANGED: UserState = { problem: null, done: null, password: null }

export type UserAction = (state: UserState, form: FormData) => Promise<UserState>

/** How changing one's own password went. */
export interface OwnPasswordState {
  problem: 'wrong' | 'length' | 'mismatch' | 'throttled' | null
  /** With `throttled`: seconds until the next try. */
  retryAfter: number
  done: boolean
}

export const SAME_PASSWORD: OwnPasswordState = { problem: null, retryAfter: 0, done: false }
