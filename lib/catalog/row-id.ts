import type { Permission } from '@/lib/permissions'
import type { StepKind } from '@/prisma/client/enums'

/** As long as the import takes ids. */
const LONGEST = 255

/** Whether that may be an id of 1C in an address. PostgreSQL has no place for NUL; dots alone are folders to a browser. */
export const isRowId = (id: string): boolean =>
  id !== '' && id.length <= LONGEST && !id.includes('\0') && id !== '.' && id !== '..'

/** What one must have to see what a step imports. */
export const permissionOf = (step: StepKind): Permission => (step === 'customers' ? 'customers.read' : 'catalog.read')
