import { env } from '@/lib/env'
import { LISTING_MS, listExport } from '@/lib/imports/export-listing'
import { log } from '@/lib/log'

/** Where the web cannot reach the export, tells it what lies there: at once, then every 15 s, as long as this process lives. */
export function startListing(): void {
  if (env().EXPORT_SEEN_BY === 'worker') void list()
}

async function list(): Promise<void> {
  await listExport(env().ONEC_DATA_DIR).catch((err) => log.warn({ err }, 'the export was not listed'))
  setTimeout(list, LISTING_MS).unref()
}
