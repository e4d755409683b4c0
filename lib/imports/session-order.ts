import { z } from 'zod'

/** The orders of the history; each has its indexes (migration `history`). */
export const SESSION_ORDERS = ['newest', 'oldest', 'longest', 'shortest'] as const
export type SessionOrder = (typeof SESSION_ORDERS)[number]

/** Whether sessions are ordered by how long they took; those that took no time yet, or never began, have no place in it. */
export const isByDuration = (order: SessionOrder): boolean => order === 'longest' || order === 'shortest'

export const isDescending = (order: SessionOrder): boolean => order === 'newest' || order === 'longest'

/** A place in an order: the sorted value in milliseconds, and the session's id where that is equal. */
export interface Place {
  value: number
  id: number
}

interface Timed {
  id: number
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

/** The session's place in the order, as it stands in an address: `1795353342000.57`. */
export function placeOf({ id, createdAt, startedAt, finishedAt }: Timed, order: SessionOrder): string {
  const value = isByDuration(order) ? Number(finishedAt) - Number(startedAt) : createdAt.getTime()
  return `${value}.${id}`
}

/** A place in an address: a value that PostgreSQL takes for a moment, and an id that a serial can be. */
export const placeText = z
  .string()
  .regex(/^(\d{1,14}|-\d{1,9})\.\d{1,10}$/)
  .refine((text) => parsePlace(text).id < 2 ** 31)

export function parsePlace(text: string): Place {
  const [value, id] = text.split('.')
  return { value: Number(value), id: Number(id) }
}
