'use client'

import { createContext, type ReactNode, useActionState, useContext } from 'react'
import { ControlNotice } from '@/components/imports/control-notice'
import type { Control } from '@/components/imports/control-state'

const ControlContext = createContext<((form: FormData) => void) | null>(null)

/** What the forms of command buttons post to. */
export function useControl(): (form: FormData) => void {
  const submit = useContext(ControlContext)
  if (!submit) throw new Error('A command button stands outside of ControlScope')
  return submit
}

/** A part of a page with buttons that control sessions: it says what became of the last command. */
export function ControlScope({ control, children }: { control: Control; children: ReactNode }) {
  const [answer, submit] = useActionState(control, null)
  return (
    <ControlContext value={submit}>
      {children}
      <ControlNotice answer={answer} />
    </ControlContext>
  )
}
