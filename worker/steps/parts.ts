import type { ApplyContext } from './step'

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
  await db.query(`
    with gone as (
      delete from ${table} as t
      using ${latest} as l join ${ownerTable} as o on o.onec_id = l.id
      where t.${owner} = o.id and ${mentioned}
        and not exists (select from ${target} as n where ${same})
      returning t.${owner} as id
    ), moved as (
      update ${table} as t set (${values.join(', ')}) = (${list('n', values)})
      from ${target} as n
      where ${same} and (${list('t', values)}) is distinct from (${list('n', values)})
      returning t.${owner} as id
    ), fresh as (
      insert into ${table} (${[...key, ...values].join(', ')})
      select ${list('n', [...key, ...values])} from ${target} as n
      where not exists (select from ${table} as t where ${same})
      order by ${list('n', key)}
      returning ${owner} as id
    )
    insert into ${changed}
    select id, false from (table gone union table moved union table fresh) as touched
    on conflict do nothing`)
}
