'use client'

import { CircleStop, FastForward, ListRestart, type LucideIcon, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, useId, useRef } from 'react'
import { useFormStatus } from 'react-dom'
import { useControl } from '@/components/imports/control-scope'
import { buttonClass } from '@/components/ui/button'
import type { Command } from '@/lib/imports/allowed'

const ICONS: Record<Command, LucideIcon> = {
  retry_now: FastForward,
  cancel: CircleStop,
  repeat: RotateCcw,
  repeat_failed: ListRestart,
  delete: Trash2,
}

interface CommandButtonProps {
  command: Command
  sessionId: number
  /** Asks before it is done: what is cancelled or deleted does not come back. */
  confirm?: boolean
  /** In a row of the list. */
  small?: boolean
}

/** A button that gives a command; without JavaScript it is given unasked, but for «Удалить», which then does nothing. */
export function CommandButton({ command, sessionId, confirm = false, small = false }: CommandButtonProps) {
  const submit = useControl()
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useId()
  const ask = (event: MouseEvent) => {
    event.preventDefault()
    dialog.current?.showModal()
  }
  return (
    <>
      <form id={form} action={submit} className="contents">
        <input type="hidden" name="command" value={command} />
        <input type="hidden" name="session" value={sessionId} />
        <Submit command={command} sessionId={sessionId} small={small} onClick={confirm ? ask : undefined} />
      </form>
      {confirm ? <Confirmation dialog={dialog} form={form} command={command} sessionId={sessionId} /> : null}
    </>
  )
}

function Submit({
  command,
  sessionId,
  small,
  onClick,
}: Pick<CommandButtonProps, 'command' | 'sessionId' | 'small'> & {
  onClick: ((event: MouseEvent) => void) | undefined
}) {
  const t = useTranslations('control')
  const { pending } = useFormStatus()
  const Icon = ICONS[command]
  return (
    <button
      type={command === 'delete' ? 'button' : 'submit'}
      disabled={pending}
      aria-label={t('label', { command: t(`command.${command}`), id: String(sessionId) })}
      data-command={command}
      onClick={onClick}
      className={small ? buttonClass('quiet', '!min-h-6 !px-1.5 !py-0 -ml-1.5 text-xs') : buttonClass()}
    >
      <Icon aria-hidden className={small ? 'size-3.5' : 'size-4'} />
      {pending ? t(`pending.${command}`) : t(`command.${command}`)}
    </button>
  )
}

type ConfirmationProps = Pick<CommandButtonProps, 'command' | 'sessionId'> & {
  dialog: React.RefObject<HTMLDialogElement | null>
  /** Id of the form that is submitted. */
  form: string
}

function Confirmation({ dialog, form, command, sessionId }: ConfirmationProps) {
  const t = useTranslations('control')
  const title = useId()
  const text = useId()
  const close = () => dialog.current?.close()
  if (command !== 'cancel' && command !== 'delete') return null
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      aria-describedby={text}
      className="m-auto w-[calc(100%-2rem)] max-w-md whitespace-normal rounded-lg border border-line bg-surface p-5 text-left text-ink text-sm backdrop:bg-black/40"
    >
      <h2 id={title} className="font-semibold text-base">
        {t(`confirm.${command}.title`, { id: String(sessionId) })}
      </h2>
      <p id={text} className="pt-2">
        {t(`confirm.${command}.text`)}
      </p>
      <div className="flex flex-wrap justify-end gap-2 pt-4">
        <button type="button" onClick={close} className={buttonClass()}>
          {t(`confirm.${command}.no`)}
        </button>
        <button type="submit" form={form} onClick={close} data-confirm={command} className={buttonClass('danger')}>
          {t(`confirm.${command}.yes`)}
        </button>
      </div>
    </dialog>
  )
}
