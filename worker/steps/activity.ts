import type { Client } from 'pg'
import { numberOf } from './step'

// How a deletion mark moves a row of the catalogue (COMMERCEML.md §2). `deactivated_by_import` remembers that it was
// the import that switched the row off: only such a row comes back when the mark goes. What an operator
// switched off stays off.

/** is_active and deactivated_by_import of the row `t`, once the mark in `l.deleted` is applied. */
export const ACTIVITY_AFTER_MARK = `
  case when l.deleted then false else t.is_active or t.deactivated_by_import end,
  l.deleted and (t.is_active or t.deactivated_by_import)`

/** How many active rows of `table` the marks in `latest` are about to switch off. */
export const countDeactivated = (db: Client, table: string, latest: string): Promise<number> =>
  numberOf(
    db,
    `select count(*) from ${latest} as l join ${table} as t on t.onec_id = l.id where l.deleted and t.is_active`,
  )
