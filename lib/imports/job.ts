import { z } from 'zod'

/** The graphile-worker task that carries a session. */
export const RUN_IMPORT = 'run_import'
/** The named queue of imports: graphile-worker runs one job of it at a time. */
export const IMPORT_QUEUE = 'imports'
/** An import is tried this often; the waits between are e¹, e², e³ seconds (3, 7, 20). */
export const MAX_ATTEMPTS = 4

export const runImportPayload = z.object({ sessionId: z.number().int().positive() })
