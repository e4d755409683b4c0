import type { Command } from '@/lib/imports/allowed'
import type { ContentKind } from '@/lib/imports/types'

/** What became of a command; the messages `control.done.…` and `control.refused.…` say it. */
export type ControlOutcome =
  | { done: 'cancelled' | 'requested' | 'retried' | 'due' }
  | { refused: 'forbidden' | 'gone' | 'settled' | 'applied' | 'not_waiting' | 'active' | 'nothing_failed' }
  | { refused: 'export_missing' | 'catalogue_empty' }
  | { refused: 'files_missing'; kinds: ContentKind[] }
  | { refused: 'already_active'; other: number }

export type ControlAnswer = ControlOutcome & { command: Command; sessionId: number }

/** Null before the first command. */
export type ControlState = ControlAnswer | null

/** The server action behind every button; fields `command` and `session`. */
export type Control = (state: ControlState, form: FormData) => Promise<ControlState>
