import { isRowId } from '@/lib/catalog/row-id'
import { StepKind } from '@/prisma/client/enums'

const isStep = (text: string): text is StepKind => Object.hasOwn(StepKind, text)

/** The row that the parts of an address name, or null; Next.js gives the parts as they stand there. */
export function rowParamsOf(params: { step: string; id: string }): { step: StepKind; id: string } | null {
  const id = decoded(params.id)
  return isStep(params.step) && id !== null && isRowId(id) ? { step: params.step, id } : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
