import { type ApplyContext, numberOf, rowsOf } from './step'

interface Options {
  /** The staging table (of rows `s`), and the name of the table to make. */
  staged: string
  rest: string
  /** The stored table, as `t` in the joins that find the row stored for `s`: one at the most. */
  table: string
  joins: string
  /** What makes that row the same, so that nothing is to be done or said about it. */
  same: string
  /** What tells one thing from another. */
  key: string[]
}

/**
 * Sets aside the staged rows that are stored as they are: mostly all of them, and then nothing has to be sorted, looked
 * up or compared twice. The others, and every row with the key of one of them, make the temporary table `rest` (until
 * commit). Returns which table holds the rows that are left, and how many were set aside.
 */
export async function setUnchangedAside(
  { db }: Pick<ApplyContext, 'db'>,
  { staged, rest, table, joins, same, key }: Options,
): Promise<{ left: string; unchanged: number }> {
  const stored = await numberOf(db, `select count(*) from (select from ${table} limit 1) as any_row`)
  if (stored === 0) return { left: staged, unchanged: 0 }
  const total = await numberOf(db, `select count(*) from ${staged}`)
  let left = await rowsOf(
    db,
    `create temporary table ${rest} on commit drop as
     select s.* from ${staged} as s ${joins} where (${same}) is not true`,
  )
  if (left > 0 && left < total) {
    // What is said twice is judged as a whole: the last one counts.
    const keys = key.join(', ')
    left += await rowsOf(
      db,
      `insert into ${rest}
       select s.* from ${staged} as s
       where (${keys}) in (select ${keys} from ${rest}) and not exists (select from ${rest} as r where r.seq = s.seq)`,
    )
  }
  return { left: rest, unchanged: total - left }
}
