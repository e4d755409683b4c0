'use server'

import { redirect } from 'next/navigation'
import { choicesOf } from '@/app/admin/imports/new/start-request'
import type { StartFormState } from '@/components/imports/start-form-state'
import { env } from '@/lib/env'
import { startImport as startSession } from '@/lib/imports/commands'
import { requirePermission } from '@/lib/session'

/** Starts an import as chosen and shows it in the list, or says why not. */
export async function startImport(_: StartFormState, form: FormData): Promise<StartFormState> {
  const choices = choicesOf(form)
  const user = await requirePermission('imports.start', '/admin/imports/new')
  if (!user) return { ...choices, problem: { reason: 'viewer' } }
  const result = await startSession({ ...choices, source: env().ONEC_DATA_DIR, actor: user })
  if (!result.ok) return { ...choices, problem: result }
  redirect(`/admin/imports?started=${result.sessionId}`)
}
