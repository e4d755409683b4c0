import type { Client } from 'pg'
import type { Sentence } from '@/lib/imports/sentence'
import { type ApplyContext, NOTHING, numberOf, rowsOf, type StepCounts } from './step'

const FIELDS = ['position', 'hash', 'format', 'width', 'height', 'bytes', 'product_id', 'variant_id']
const KEY = `t.owner_onec_id = l.owner_id and t.named_by = l.named_by and t.path = l.path`

/** Makes the pictures of every owner in the export those that it names, writing only the difference. */
export async function applyPictures(context: ApplyContext): Promise<StepCounts> {
  const { db } = context
  await takeCurrent(db)
  const missing = await reportProblems(context)
  await reportDangling(context)
  const { repeated, superseded } = await countOthers(context)
  const deactivated = await detach(db)
  await keepOrder(db)
  const list = (alias: string) => FIELDS.map((field) => `${alias}.${field}`).join(', ')
  const updated = await rowsOf(
    db,
    `update product_images as t set (${FIELDS.join(', ')}, updated_at) = (${list('l')}, now())
     from latest_pictures as l
     where l.hash is not null and ${KEY} and (${list('t')}) is distinct from (${list('l')})`,
  )
  const created = await rowsOf(
    db,
    `insert into product_images (owner_onec_id, named_by, path, ${FIELDS.join(', ')})
     select l.owner_id, l.named_by, l.path, ${list('l')} from latest_pictures as l
     where l.hash is not null and not exists (select from product_images as t where ${KEY})
     order by l.owner_id, l.named_by, l.path`,
  )
  const good = await numberOf(db, `select count(*) from latest_pictures where hash is not null`)
  const unchanged = good - created - updated + repeated
  return { ...NOTHING, created, updated, unchanged, skipped: superseded + missing, deactivated }
}

/**
 * latest_pictures: what current_pictures names, with what its files are, and whose they are. 1C names a picture again
 * without sending its file again: one that was stored before is taken as it is.
 */
async function takeCurrent(db: Client): Promise<void> {
  await db.query(`
    create temporary table latest_pictures on commit drop as
    select c.seq, c.file, c.line, c.named_by, c.owner_id, c.path, c.position,
      coalesce(f.hash, kept.hash) as hash, coalesce(f.format, kept.format) as format,
      coalesce(f.width, kept.width) as width, coalesce(f.height, kept.height) as height, coalesce(f.bytes, kept.bytes) as bytes,
      case when c.path is null then 'bad_picture_path' when kept.hash is null then f.code end as code,
      coalesce(c.sentence, f.sentence) as sentence,
      coalesce(p.id, v.product_id) as product_id, v.id as variant_id
    from current_pictures as c
    left join picture_files as f using (file, path)
    left join product_images as kept
      on f.code = 'picture_missing' and kept.owner_onec_id = c.owner_id and kept.named_by = c.named_by and kept.path = c.path
    left join products as p on p.onec_id = c.owner_id and c.named_by <> 'offer'
    left join product_variants as v on v.onec_id = c.owner_id and c.named_by = 'offer'`)
  await db.query(`analyze latest_pictures`)
}

/** Of a picture that nobody names, there is no line. */
const ORIGIN = `file, nullif(line, 0) as line, owner_id as external_id`

/**
 * Bad and broken pictures are errors. One whose file is not there is left out with a warning: the good is whole without
 * it, and an export copied without its import_files is a whole catalogue. Returns how many are left out.
 */
async function reportProblems({ problems }: ApplyContext): Promise<number> {
  const report = (code: 'bad_picture_path' | 'picture_missing' | 'picture_broken', severity: 'error' | 'warning') =>
    problems.add(
      { severity, code, field: 'Картинка' },
      `select ${ORIGIN}, sentence as detail from latest_pictures where code = '${code}'`,
      (sentence) => JSON.parse(sentence) as Sentence,
    )
  await report('bad_picture_path', 'error')
  await report('picture_broken', 'error')
  return report('picture_missing', 'warning')
}

async function reportDangling({ problems }: ApplyContext): Promise<void> {
  await problems.add(
    { severity: 'warning', code: 'dangling_reference', field: 'Картинка' },
    `select ${ORIGIN}, null as detail from latest_pictures
     where hash is not null and (product_id is null or (named_by = 'offer' and variant_id is null))`,
    () => ({ key: 'pictureWithoutGood' }),
  )
}

/** Records that are not current: their owner was described again, or named the same picture twice. */
async function countOthers({ db, problems }: ApplyContext): Promise<{ repeated: number; superseded: number }> {
  const others = await numberOf(
    db,
    `select (select count(*) from stage_pictures) - (select count(*) from latest_pictures) as count`,
  )
  if (others === 0) return { repeated: 0, superseded: 0 }
  const superseded = await problems.add(
    { severity: 'warning', code: 'duplicate_record', field: 'Картинка' },
    `select s.file, s.line, s.owner_id as external_id, null as detail
     from stage_pictures as s
     join (select named_by, owner_id, max(seq) as seq from stage_galleries group by 1, 2) as g using (named_by, owner_id)
     where s.seq < g.seq and not exists (
       select from latest_pictures as l
       where l.owner_id = s.owner_id and l.named_by = s.named_by and l.path = s.path and l.position = s.position
     )`,
    () => ({ key: 'repeatedPictures' }),
  )
  return { repeated: others - superseded, superseded }
}

/**
 * Takes away what an owner no longer names; the stored content stays. A picture that is named but could not be read
 * stays as it was. What was found in a folder goes when the good has pictures it names itself.
 */
async function detach(db: Client): Promise<number> {
  const removed = await rowsOf(
    db,
    `delete from product_images as t
     using (select distinct owner_id, named_by from stage_galleries) as g
     where t.owner_onec_id = g.owner_id and t.named_by = g.named_by
       and not exists (select from latest_pictures as l where ${KEY})`,
  )
  const replaced = await rowsOf(
    db,
    `delete from product_images as t
     using (select distinct owner_id from latest_pictures where named_by = 'good' and hash is not null) as l
     where t.owner_onec_id = l.owner_id and t.named_by = 'folder'`,
  )
  return removed + replaced
}

/** A picture that could not be read keeps its place among those that could. */
const keepOrder = (db: Client): Promise<number> =>
  rowsOf(
    db,
    `update product_images as t set position = l.position, updated_at = now()
     from latest_pictures as l
     where l.hash is null and ${KEY} and t.position <> l.position`,
  )
