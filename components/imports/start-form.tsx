'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { startTransition, useActionState } from 'react'
import type { StartFormState, TypeOffer } from '@/components/imports/start-form-state'
import { StartOption } from '@/components/imports/start-option'
import { StartProblemNotice } from '@/components/imports/start-problem'
import { TypeChoice } from '@/components/imports/type-choice'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { IMPORT_TYPES } from '@/lib/imports/types'
import type { ImportType } from '@/prisma/client/enums'

interface StartFormProps {
  offers: TypeOffer[]
  /** What is chosen before anything was submitted. */
  initialTypes?: ImportType[]
  mayStart: boolean
  action: (state: StartFormState, form: FormData) => Promise<StartFormState>
}

const PROBLEM_ID = 'start-problem'
const OPTIONS = ['dryRun', 'allowMassDeactivation'] as const

/** What to import, and the button that starts it; a refusal is said next to what it is about. */
export function StartForm({ offers, initialTypes = [], mayStart, action }: StartFormProps) {
  const t = useTranslations('start')
  const [{ types, problem, ...options }, submit, pending] = useActionState(action, {
    types: initialTypes,
    dryRun: false,
    allowMassDeactivation: false,
    problem: null,
  })
  const aboutTypes = problem?.reason === 'no_types'
  const describedBy = aboutTypes ? PROBLEM_ID : undefined
  return (
    <form
      action={submit}
      // Instead of `action` where there is JavaScript: React empties a form after its action, and the choices are to stay.
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        startTransition(() => submit(form))
      }}
      aria-busy={pending}
      className="space-y-6"
    >
      <fieldset disabled={!mayStart} aria-describedby={describedBy} className="space-y-2.5">
        <legend className="mb-2.5 font-semibold text-base">{t('what')}</legend>
        {aboutTypes ? <StartProblemNotice id={PROBLEM_ID} problem={problem} /> : null}
        {offers.map((offer) => {
          const here = concerns(offer, problem, types)
          return (
            <TypeChoice
              key={offer.type}
              offer={offer}
              chosen={types.includes(offer.type)}
              problemId={here ? `${PROBLEM_ID}-${offer.type}` : undefined}
            >
              {here && problem ? (
                <StartProblemNotice id={`${PROBLEM_ID}-${offer.type}`} problem={problem} offer={offer} />
              ) : null}
            </TypeChoice>
          )
        })}
      </fieldset>
      <fieldset disabled={!mayStart} className="space-y-2.5">
        <legend className="mb-2.5 font-semibold text-base">{t('options')}</legend>
        <div className="space-y-3 rounded-lg border border-line bg-surface px-3.5 py-3">
          {OPTIONS.map((option) => (
            <StartOption key={option} name={option} chosen={options[option]} />
          ))}
        </div>
      </fieldset>
      {problem?.reason === 'already_active' || problem?.reason === 'export_missing' || problem?.reason === 'viewer' ? (
        <StartProblemNotice id={PROBLEM_ID} problem={problem} />
      ) : null}
      {mayStart ? null : (
        <Notice kind="info" id="start-viewer">
          {t('viewer')}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          disabled={pending || !mayStart}
          aria-describedby={mayStart ? undefined : 'start-viewer'}
          className={buttonClass('primary')}
        >
          {pending ? t('pending') : t('submit')}
        </button>
        <Link href="/admin/imports" className={buttonClass('quiet')}>
          {t('cancel')}
        </Link>
      </div>
    </form>
  )
}

/** Whether a refusal is about this type of those that were chosen. */
function concerns({ type }: TypeOffer, problem: StartFormState['problem'], chosen: StartFormState['types']): boolean {
  if (!problem || !chosen.includes(type)) return false
  if (problem.reason === 'catalogue_empty') return IMPORT_TYPES[type].needsProducts
  return problem.reason === 'files_missing' && IMPORT_TYPES[type].needs.some((kind) => problem.kinds.includes(kind))
}
