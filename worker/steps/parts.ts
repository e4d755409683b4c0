import { type ApplyContext, rowsOf } from './step'

/** Rows that hang on a product or a variant and are replaced as a set. */
export interface Parts {
  /** Where they are stored, and where the rows they should be now stand. */
  table: string
  target: string
  /** The column that names the owner, and the owner's table. */
  owner: 'product_id' | 'variant_id'
  ownerTable: 'products' | 'product_variants'
  /** The records of this session; owners that none of them is about keep their parts. */
  latest: string
  /** Of the row `l` of `latest`: whether the record says anything of these parts. */
  mentioned: string
  /** Columns: what tells one part from another (the owner first), and what may change. */
  key: string[]
  values: string[]
  /** Where the owners around which something changed are noted: (id, created). */
  changed: string
}

/** Makes the stored parts equal to the target, writing only the difference. */
export async function replaceParts({ db }: Pick<ApplyContext, 'db'>, parts: Parts): Promise<void> {
  const { table, target, owner, ownerTable, latest, mentioned, key, values, changed } = parts
  await db.query(`analyze ${target}`)
  const same = key.map((column) => `t.${column} = n.${column}`).join(' and ')
  const list = (alias: string, columns: string[]) => columns.map((column) => `${alias}.${column}`).join(', ')
  // One look at what is stored: mostly nothing differs, and nothing more is to be done.
  const differing = await rowsOf(
    db,
    `create temporary table differing_${table} on commit drop as
     select ${key.map((column) => `coalesce(n.${column}, t.${column}) as ${column}`).join(', ')}, ${list('n', values)},
       n.${owner} is null as is_gone, t.${owner} is null as is_new
     from ${target} as n
     full join (
       select t.* from ${table} as t
       where t.${owner} in (select o.id from ${latest} as l join ${ownerTable} as o on o.onec_id = l.id where ${mentioned})
     ) as t on ${same}
     where n.${owner} is null or t.${owner} is null or (${list('t', values)}) is distinct from (${list('n', values)})`,
  )
  if (differing === 0) return
  await db.query(`analyze differing_${table}`)
  await db.query(`delete from ${table} as t using differing_${table} as n where n.is_gone and ${same}`)
  await db.query(
    `update ${table} as t set (${values.join(', ')}) = (${list('n', values)})
     from differing_${table} as n where not n.is_gone and not n.is_new and ${same}`,
  )
  await db.query(
    `insert into ${table} (${[...key, ...values].join(', ')})
     select ${list('n', [...key, ...values])} from differing_${table} as n
     where n.is_new order by ${list('n', key)}`,
  )
  await db.query(
    `insert into ${changed} select distinct ${owner}, false from differing_${table} on conflict do nothing`,
  )
}
