import { z } from 'zod'
import type { StartChoices } from '@/components/imports/start-form-state'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'

// A value that the form does not offer counts as nothing chosen.
const types = z.array(z.enum(IMPORT_TYPE_NAMES)).catch([])

/** What a browser sends of a checkbox that is ticked; nothing at all of one that is not. */
const ticked = z
  .literal('on')
  .transform((): boolean => true)
  .catch(false)

const choices = z.object({ types, dryRun: ticked, allowMassDeactivation: ticked })

/** What was chosen on the start form. */
export const choicesOf = (form: FormData): StartChoices =>
  choices.parse({
    types: form.getAll('types'),
    dryRun: form.get('dryRun'),
    allowMassDeactivation: form.get('allowMassDeactivation'),
  })

/** What the address of the start form asks to be chosen already: `?type=prices&type=stocks`. */
export const typesOf = (type: string | string[] | undefined) => types.parse([type ?? []].flat())
