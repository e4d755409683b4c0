'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { StartFormState } from '@/components/imports/start-form-state'
import { env } from '@/lib/env'
import { startImport as startSession } from '@/lib/imports/commands'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import { IMPORTERS, requireRole } from '@/lib/session'

// A value that the form does not offer counts as nothing chosen.
const chosenTypes = z.array(z.enum(IMPORT_TYPE_NAMES)).catch([])

/** Starts an import of the chosen types and shows it in the list, or says why not. */
export async function startImport(_: StartFormState, form: FormData): Promise<StartFormState> {
  const types = chosenTypes.parse(form.getAll('types'))
  const user = await requireRole(IMPORTERS, '/admin/imports/new')
  if (!user) return { types, problem: { reason: 'viewer' } }
  const result = await startSession({ types, source: env().ONEC_DATA_DIR, userId: user.id })
  if (!result.ok) return { types, problem: result }
  redirect(`/admin/imports?started=${result.sessionId}`)
}
