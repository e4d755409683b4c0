import { z } from 'zod'
import { PASSWORD_LENGTH } from '@/lib/password'
import { Role } from '@/prisma/client/enums'

// What the forms of the users' pages send.

/** users.id, as a form or an address spells it. */
export const userId = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

export const role = z.enum(Role)

/** A password as it is set; null where it is to be generated. */
export const chosenPassword = z.union([
  z.literal('').transform(() => null),
  z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max),
])

export const email = z.string().trim().toLowerCase().max(320).pipe(z.email())

/** A name, or null where none is given; nothing invisible in it. */
export const personName = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{Cc}*$/u)
  .transform((name) => name || null)
