'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ReactNode, startTransition, useActionState } from 'react'
import { StartOption } from '@/components/imports/start-option'
import { RhythmFields } from '@/components/schedules/rhythm-fields'
import type { ScheduleChoices, ScheduleFormState, SchedulePreview } from '@/components/schedules/schedule-form-state'
import { buttonClass, fieldClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import type { Rhythm } from '@/lib/schedules/presets'

interface ScheduleFormProps {
  initial: ScheduleChoices
  timeZones: string[]
  action: (state: ScheduleFormState, form: FormData) => Promise<ScheduleFormState>
  preview: (rhythm: Rhythm, timeZone: string) => Promise<SchedulePreview>
}

type Problem = ScheduleFormState['problems'][number]

const OPTIONS = ['dryRun', 'allowMassDeactivation'] as const

/** What is imported, how and when; what is wrong is said next to the field. */
export function ScheduleForm({ initial, timeZones, action, preview }: ScheduleFormProps) {
  const t = useTranslations()
  const [{ problems, ...chosen }, submit, pending] = useActionState(action, { ...initial, problems: [] })
  const idOf = (problem: Problem) => (problems.includes(problem) ? `problem-${problem}` : undefined)
  const say = (problem: Problem): ReactNode =>
    problems.includes(problem) ? (
      <Notice kind="bad" role="alert" id={`problem-${problem}`}>
        {t(`schedules.problem.${problem as 'name'}`)}
      </Notice>
    ) : null
  return (
    <form
      // Instead of `action` alone where there is JavaScript: React empties a form after its action, and this is to stay.
      action={submit}
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        startTransition(() => submit(form))
      }}
      noValidate
      aria-busy={pending}
      className="space-y-6"
    >
      {say('gone')}
      {say('viewer')}
      <div className="space-y-1">
        <label htmlFor="name" className="block font-medium">
          {t('schedules.name')}
        </label>
        <input
          id="name"
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={chosen.name}
          aria-invalid={idOf('name') !== undefined}
          aria-describedby={idOf('name') ?? 'name-hint'}
          className={`${fieldClass} w-full`}
        />
        <p id="name-hint" className="text-muted text-xs">
          {t('schedules.nameHint')}
        </p>
        {say('name')}
      </div>
      <fieldset aria-describedby={idOf('types')} className="space-y-2.5">
        <legend className="mb-2.5 font-semibold text-base">{t('schedules.types')}</legend>
        {say('types')}
        <div className="grid gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-3 sm:grid-cols-2">
          {IMPORT_TYPE_NAMES.map((type) => (
            <label key={type} className="flex items-center gap-2.5">
              <input
                type="checkbox"
                name="types"
                value={type}
                defaultChecked={chosen.types.includes(type)}
                className="size-4 shrink-0 accent-accent"
              />
              {t(`importType.${type}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="space-y-2.5">
        <legend className="mb-2.5 font-semibold text-base">{t('schedules.when')}</legend>
        <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
          <RhythmFields
            initial={chosen}
            timeZones={timeZones}
            problemIds={{ cron: idOf('cron'), timeZone: idOf('timeZone') }}
            preview={preview}
          />
          {say('cron')}
          {say('timeZone')}
        </div>
      </fieldset>
      <fieldset className="space-y-2.5">
        <legend className="mb-2.5 font-semibold text-base">{t('schedules.options')}</legend>
        <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
          {OPTIONS.map((option) => (
            <StartOption key={option} name={option} chosen={chosen[option]} about={t(`schedules.${option}About`)} />
          ))}
        </div>
      </fieldset>
      <label className="flex items-center gap-2.5 font-medium">
        <input type="checkbox" name="isOn" defaultChecked={chosen.isOn} className="size-4 shrink-0 accent-accent" />
        {t('schedules.isOn')}
      </label>
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={pending} className={buttonClass('primary')}>
          {t(pending ? 'schedules.saving' : 'schedules.save')}
        </button>
        <Link href="/admin/schedules" className={buttonClass('quiet')}>
          {t('schedules.cancel')}
        </Link>
      </div>
    </form>
  )
}
