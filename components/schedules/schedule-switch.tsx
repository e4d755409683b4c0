'use client'

import clsx from 'clsx'
import { CircleCheck, PauseCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useOptimistic } from 'react'

interface ScheduleSwitchProps {
  id: number
  name: string
  isOn: boolean
  /** Null for those who may only look. */
  action: ((form: FormData) => Promise<void>) | null
}

/** Whether a schedule is on, and the switch that changes it. */
export function ScheduleSwitch({ id, name, isOn, action }: ScheduleSwitchProps) {
  const t = useTranslations('schedules')
  const [shown, show] = useOptimistic(isOn)
  const Icon = shown ? CircleCheck : PauseCircle
  const state = (
    <span className={clsx('inline-flex items-center gap-1 text-xs', shown ? 'text-green-ink' : 'text-muted')}>
      <Icon aria-hidden className="size-3.5" />
      {t(shown ? 'on' : 'off')}
    </span>
  )
  if (!action) return state
  return (
    <form
      action={async (form) => {
        show(!shown)
        await action(form)
      }}
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="on" value={shown ? 'no' : 'yes'} />
      <button
        type="submit"
        role="switch"
        aria-checked={shown}
        aria-label={t('switch', { name })}
        className="inline-flex min-h-6 items-center gap-2"
      >
        <span
          aria-hidden
          className={clsx(
            'flex h-5 w-9 items-center rounded-full border p-0.5',
            shown ? 'justify-end border-transparent bg-accent' : 'border-control bg-raised',
          )}
        >
          <span className={clsx('size-3.5 rounded-full', shown ? 'bg-on-accent' : 'bg-control')} />
        </span>
        {state}
      </button>
    </form>
  )
}
