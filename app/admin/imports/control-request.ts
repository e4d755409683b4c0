import { z } from 'zod'
import { COMMANDS } from '@/lib/imports/allowed'

const request = z.object({
  command: z.enum(COMMANDS),
  session: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
})

/** What a command button has sent; null when it is not one of ours. */
export const controlRequestOf = (form: FormData) =>
  request.safeParse({ command: form.get('command'), session: form.get('session') }).data ?? null
