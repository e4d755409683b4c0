'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { controlRequestOf } from '@/app/admin/imports/control-request'
import { choicesOf } from '@/app/admin/imports/new/start-request'
import type { ControlOutcome, ControlState } from '@/components/imports/control-state'
import type { StartFormState } from '@/components/imports/start-form-state'
import type { Actor } from '@/lib/audit/commands'
import { env } from '@/lib/env'
import { forgetSharedReads } from '@/lib/events/shared-read'
import { type Command, PERMISSION_FOR } from '@/lib/imports/allowed'
import { cancelSession } from '@/lib/imports/cancel'
import { startImport as startSession } from '@/lib/imports/commands'
import { deleteSession, retryNow } from '@/lib/imports/control'
import { repeatSession } from '@/lib/imports/repeat'
import { requirePermission } from '@/lib/session'

/** Starts an import as chosen and shows it in the list, or says why not. */
export async function startImport(_: StartFormState, form: FormData): Promise<StartFormState> {
  const choices = choicesOf(form)
  const user = await requirePermission('imports.start', '/admin/imports/new')
  if (!user) return { ...choices, problem: { reason: 'viewer' } }
  const result = await startSession({ ...choices, source: env().ONEC_DATA_DIR, actor: user })
  if (!result.ok) return { ...choices, problem: result }
  forgetSharedReads()
  redirect(`/admin/imports?started=${result.sessionId}`)
}

/** Cancels, repeats, deletes a session or has it retried at once, and says what came of it. */
export async function controlSession(_: ControlState, form: FormData): Promise<ControlState> {
  const request = controlRequestOf(form)
  if (!request) return null
  const { command, session: sessionId } = request
  const user = await requirePermission(PERMISSION_FOR[command], `/admin/imports/${sessionId}`)
  if (!user) return { command, sessionId, refused: 'forbidden' }
  // Also when it ends by leading to another page.
  const outcome = await obey(command, sessionId, user).finally(forgetSharedReads)
  // Whatever the answer: what the page shows may be what made somebody press a button that does not fit any more.
  refresh()
  return { command, sessionId, ...outcome }
}

async function obey(command: Command, sessionId: number, actor: Actor): Promise<ControlOutcome> {
  switch (command) {
    case 'cancel': {
      const result = await cancelSession(sessionId, actor)
      return result.ok ? { done: result.outcome } : { refused: result.reason }
    }
    case 'retry_now': {
      const result = await retryNow(sessionId, actor)
      return result.ok ? { done: result.outcome } : { refused: result.reason }
    }
    case 'delete': {
      const result = await deleteSession(sessionId, actor)
      // Deleted a moment ago, by the other of two clicks or operators: that is what was wanted.
      if (result.ok || result.reason === 'gone') redirect(`/admin/imports?deleted=${sessionId}`)
      return { refused: result.reason }
    }
    case 'repeat':
    case 'repeat_failed': {
      const result = await repeatSession(sessionId, command === 'repeat' ? 'all' : 'failed', actor)
      if (result.ok) redirect(`/admin/imports/${result.sessionId}`)
      if (result.reason === 'already_active') return { refused: 'already_active', other: result.sessionId }
      if (result.reason === 'files_missing') return { refused: 'files_missing', kinds: result.kinds }
      if (result.reason === 'no_types') throw new Error(`Session ${sessionId} has no types`)
      return { refused: result.reason }
    }
  }
}
