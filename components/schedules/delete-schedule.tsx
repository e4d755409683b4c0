'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { buttonClass } from '@/components/ui/button'

interface DeleteScheduleProps {
  id: number
  name: string
  action: (form: FormData) => Promise<void>
}

/** A button that deletes a schedule once more has been asked. */
export function DeleteSchedule({ id, name, action }: DeleteScheduleProps) {
  const t = useTranslations('schedules')
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  return (
    <>
      <button
        type="button"
        aria-label={t('deleteOne', { name })}
        title={t('delete')}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
        className={buttonClass('quiet', '!px-2')}
      >
        <Trash2 aria-hidden className="size-4" />
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        className="m-auto w-[28rem] max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-surface p-5 text-ink backdrop:bg-black/40"
      >
        <form action={action} className="space-y-3">
          <input type="hidden" name="id" value={id} />
          <h2 id={title} className="font-semibold text-base">
            {t('confirmTitle')}
          </h2>
          <p className="[overflow-wrap:anywhere]">{t('confirm', { name })}</p>
          <p className="text-muted">{t('confirmActive')}</p>
          <div className="flex flex-wrap justify-end gap-2 pt-1">
            <button type="button" onClick={() => dialog.current?.close()} className={buttonClass()}>
              {t('keep')}
            </button>
            <button type="submit" className={buttonClass('primary')}>
              {t('delete')}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
