import type { ApplyContext } from './step'
import { numberOf } from './step'

export interface Latest {
  /** How many different things were staged. */
  distinct: number
  /** How many records said again what the last one says. */
  repeated: number
  /** How many records were overruled by a later one that says otherwise; each is a problem. */
  superseded: number
}

export interface LatestOptions {
  /** The staging table, and the name of the table to make. */
  staged: string
  latest: string
  /** What tells one thing from another, and what else is compared. */
  key: string[]
  values: string[]
  /** The column that a problem names the record by. */
  externalId: string
  /** What to look up on the way: columns, and left joins on at most one row each, of the staged row `s`. */
  found?: { columns: string; joins: string }
}

/**
 * Makes the temporary table `latest` (until commit) out of `staged`: of the records with one key, the last.
 * Its rows lie in the order of the key, which is what makes inserting them into an index fast.
 */
export async function takeLatest(
  { db, problems }: ApplyContext,
  { staged, latest, key, values, externalId, found }: LatestOptions,
): Promise<Latest> {
  const keys = key.join(', ')
  const ordered = key.map((column) => `s.${column}`).join(', ')
  const { rowCount } = await db.query(
    `create temporary table ${latest} on commit drop as
     select distinct on (${ordered}) s.* ${found ? `, ${found.columns}` : ''}
     from ${staged} as s ${found?.joins ?? ''}
     order by ${ordered}, s.seq desc`,
  )
  await db.query(`analyze ${latest}`)
  const total = await numberOf(db, `select count(*) from ${staged}`)
  const distinct = rowCount ?? 0
  if (distinct === total) return { distinct, repeated: 0, superseded: 0 }
  const columns = (table: string) => values.map((column) => `${table}.${column}`).join(', ')
  const superseded = await problems.add(
    { severity: 'warning', code: 'duplicate_record', field: null },
    `select s.file, s.line, s.${externalId} as external_id, null as detail
     from ${staged} as s join ${latest} as l using (${keys})
     where s.seq < l.seq and (${columns('s')}) is distinct from (${columns('l')})`,
    () => ({ key: 'repeatedRecord' }),
  )
  return { distinct, repeated: total - distinct - superseded, superseded }
}
