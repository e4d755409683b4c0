import type { ContentKind } from '@/lib/imports/types'
import type { ImportType } from '@/prisma/client/enums'

/** Why a start was refused. */
export type StartProblem =
  | { reason: 'no_types' }
  | { reason: 'export_missing' }
  | { reason: 'files_missing'; kinds: ContentKind[] }
  | { reason: 'catalogue_empty' }
  | { reason: 'already_active'; sessionId: number }
  | { reason: 'viewer' }

/** What the operator chooses: the types, and how they are imported. */
export interface StartChoices {
  types: ImportType[]
  /** Nothing is to be written. */
  dryRun: boolean
  /** Consent to a full export that switches off 30 % and more. */
  allowMassDeactivation: boolean
}

/** What the start form remembers of the last submission. */
export interface StartFormState extends StartChoices {
  problem: StartProblem | null
}

/** What an import type wants of the export, and where it is. */
export interface Need {
  kind: ContentKind
  required: boolean
  /** Names of the files that hold it; empty when none does. */
  files: string[]
}

/** An import type as the form offers it. */
export interface TypeOffer {
  type: ImportType
  needs: Need[]
  /** Whether it cannot work but together with the catalogue, for want of goods in the database. */
  needsCatalog: boolean
}
