import { z } from 'zod'
import { database } from '@/lib/db'
import { env } from '@/lib/env'
import { type ExportSummary, inspectExport } from '@/lib/imports/export'
import { CONTENT_KINDS } from '@/lib/imports/types'

// Where web and worker are on different machines (docs/operations.md, Vercel), only the worker can look into the export:
// it lists what is there in the database, and the web believes a listing that is fresh.

/** A worker lists its export anew this often, in milliseconds. */
export const LISTING_MS = 15_000
/** An older listing says nothing any more, in milliseconds: its worker is gone. */
const LISTING_VALID_MS = 4 * LISTING_MS

const summarySchema = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      size: z.number(),
      modifiedAt: z.coerce.date(),
      contents: z.array(z.enum(CONTENT_KINDS)),
      isReadable: z.boolean(),
    }),
  ),
  pictureFolders: z.array(z.string()),
  writtenAt: z.coerce.date().nullable(),
}) satisfies z.ZodType<ExportSummary>

/** What lies in an export; null when there is none, or nobody who can reach it has told lately. */
export async function findExport(source: string): Promise<ExportSummary | null> {
  if (env().EXPORT_SEEN_BY === 'web') return inspectExport(source)
  const [row] = await database().$queryRaw<{ summary: unknown }[]>`
    select summary from export_listings
    where source = ${source} and listed_at > now() - ${LISTING_VALID_MS} * interval '1 millisecond'`
  return row?.summary ? summarySchema.parse(row.summary) : null
}

/** Tells the web what lies in an export that only this machine can reach. */
export async function listExport(source: string): Promise<void> {
  const summary = await inspectExport(source)
  await database().$executeRaw`
    insert into export_listings (source, summary) values (${source}, ${summary && JSON.stringify(summary)}::jsonb)
    on conflict (source) do update set summary = excluded.summary, listed_at = now()`
}
