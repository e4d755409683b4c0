import type { Client } from 'pg'
import { env } from '@/lib/env'
import type { Claim } from '@/lib/imports/lifecycle'
import { nameKey } from './commerceml/values'
import { ImportFailure } from './import-failure'
import type { ProblemLog } from './problem-log'
import type { ReadExport } from './read-export'
import { StepProblems } from './steps/step'

/**
 * With ONEC_ROOT_CATEGORY only that top-level group's subtree is imported (COMMERCEML.md §5, Groups): what is staged of
 * other groups and their goods is taken away, counted and named. Both trees count, the export's and, where the export
 * says nothing of a group, the database's.
 */
export async function keepRootCategory(
  db: Client,
  claim: Claim,
  read: ReadExport,
  problems: ProblemLog,
): Promise<void> {
  const root = env().ONEC_ROOT_CATEGORY
  if (root === undefined || !claim.steps.some((step) => step === 'groups' || step === 'goods')) return
  await makeTree(db)
  const roots = await findRoots(db, root)
  if (roots.length === 0) throw new ImportFailure({ key: 'noRootCategory', values: { root } })
  await db.query(
    `create temporary table inside_root as
     with recursive inside as (
       select id from root_tree where id = any($1)
       union
       select t.id from inside join root_tree as t on t.parent_id = inside.id
     )
     select id from inside`,
    [roots],
  )
  for (const { step, record, staged, outside } of KINDS) {
    if (!claim.steps.includes(step)) continue
    const skipped = await new StepProblems(db, problems, step, read.files).add(
      { severity: 'warning', code: 'outside_root_category', field: 'Группы' },
      `select t.file, t.line, t.id as external_id, t.name as detail from ${staged} as t where ${outside}`,
      (name) => ({ key: 'outsideRootCategory', values: { record: { key: record }, name, root } }),
    )
    if (skipped === 0) continue
    problems.skip(step, skipped)
    // It is not gone from 1C: a full export that names it does not switch it off.
    await db.query(`insert into stage_mentioned (step, id) select $1, t.id from ${staged} as t where ${outside}`, [
      step,
    ])
    await db.query(`delete from ${staged} as t where ${outside}`)
  }
  if (claim.steps.includes('goods')) await forgetGroupsOutside(db)
}

const OUTSIDE = 'not exists (select from inside_root as i where i.id ='

const KINDS = [
  { step: 'groups', record: 'record.group', staged: 'stage_groups', outside: `${OUTSIDE} t.id)` },
  {
    step: 'goods',
    record: 'record.good',
    staged: 'stage_goods',
    // A good that says nothing of groups stays where it is.
    outside: `case when t.has_groups
      then not exists (select from stage_good_groups as g join inside_root as i on i.id = g.group_id where g.good_seq = t.seq)
      else not exists (
        select from products as p join categories as c on c.id = p.category_id join inside_root as i on i.id = c.onec_id
        where p.onec_id = t.id)
      end`,
  },
] as const

/** Every group that the export or the database knows, with its parent; the export is the newer. */
async function makeTree(db: Client): Promise<void> {
  await db.query(`
    create temporary table root_tree as
    with staged as (
      select distinct on (g.id) g.id, g.name, coalesce(parent.id, g.parent_id) as parent_id
      from stage_groups as g left join stage_groups as parent on parent.seq = g.parent_seq
      order by g.id, g.seq desc
    )
    select id, name, parent_id from staged
    union all
    select c.onec_id, c.name, parent.onec_id
    from categories as c left join categories as parent on parent.id = c.parent_id
    where not exists (select from staged where id = c.onec_id)`)
  await db.query(`analyze root_tree`)
}

/** The top-level groups of that name or id. */
async function findRoots(db: Client, root: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select id, name from root_tree where parent_id is null`,
  )
  return rows.filter(({ id, name }) => id === root || nameKey(name) === nameKey(root)).map(({ id }) => id)
}

/** A good that lies inside and outside is shown only inside. */
async function forgetGroupsOutside(db: Client): Promise<void> {
  const { rowCount } = await db.query(`
    delete from stage_good_groups as g
    where exists (select from root_tree where id = g.group_id) and ${OUTSIDE} g.group_id)`)
  if (rowCount === 0) return
  await db.query(`
    update stage_goods as t set group_id = first.group_id
    from (select distinct on (good_seq) good_seq, group_id from stage_good_groups order by good_seq, position) as first
    where first.good_seq = t.seq and t.group_id is distinct from first.group_id`)
}
