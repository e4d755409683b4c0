import type { Client } from 'pg'
import { isPictureFormat } from '@/lib/media'
import { PictureLocator } from '@/worker/pictures/locate'
import { PictureStore } from '@/worker/pictures/store'
import { type Picture, takeIn } from '@/worker/pictures/take-in'
import { applyPictures } from './picture-rows'
import { PICTURE_TABLES, stagePicture } from './picture-tables'
import { numberOf, type PrepareContext, type Step } from './step'

/** Files are taken in this many at a time: known ones are looked up together. */
const BATCH = 200

/** The pictures that goods and offers name, stored by their content (COMMERCEML.md §5, Images). */
export const images: Step = {
  kind: 'images',
  records: ['picture'],
  tables: PICTURE_TABLES,

  stage(record, origin, staging) {
    if (record.kind === 'picture') stagePicture(record, origin, staging)
  },

  /** Files are read, checked and stored before the transaction: it would be a long one, and they are of no use to it. */
  async prepare({ db, source, read, dryRun, signal, onShare }: PrepareContext) {
    await collectPictures(db)
    const files = await numberOf(db, 'select count(*) as count from picture_files')
    const context = {
      locator: await PictureLocator.of(source, read.pictureFolders),
      store: dryRun ? null : await PictureStore.open(),
      known: (hashes: string[]) => knownPictures(db, hashes),
      signal,
    }
    for (let last = 0; ; ) {
      const { rows } = await db.query<{ id: number; file: number; path: string }>(
        `select id, file, path from picture_files where id > $1 order by id limit ${BATCH}`,
        [last],
      )
      signal.throwIfAborted()
      if (rows.length === 0) return
      last = rows.at(-1)?.id ?? last
      const named = rows.map(({ file, path }) => ({ path, namedIn: read.files[file] ?? null }))
      const outcomes = await takeIn(named, context)
      await noteOutcomes(
        db,
        rows.map(({ id }, i) => ({ id, ...outcomes[i] })),
      )
      onShare(last / files)
    }
  },

  apply: applyPictures,
}

/**
 * Makes current_pictures, what each owner's last word names, each path once; and picture_files, the files to look for.
 * One path may be another file in another part of the export.
 */
async function collectPictures(db: Client): Promise<void> {
  await db.query(`
    create temporary table current_pictures as
    select distinct on (p.owner_id, p.named_by, p.path, case when p.path is null then p.seq end) p.*
    from stage_pictures as p
    join (select named_by, owner_id, max(seq) as seq from stage_galleries group by 1, 2) as g using (named_by, owner_id)
    where p.seq > g.seq
    order by p.owner_id, p.named_by, p.path, case when p.path is null then p.seq end, p.position`)
  await db.query(`analyze current_pictures`)
  await db.query(`
    create temporary table picture_files (
      id int primary key, file int not null, path text collate "C" not null,
      hash text, format text, width int, height int, bytes int, code text, sentence text
    )`)
  await db.query(`
    insert into picture_files (id, file, path)
    select row_number() over (order by path, file), file, path
    from (select distinct file, path from current_pictures where path is not null) as named`)
  await db.query(`create index on picture_files (hash)`)
  await db.query(`analyze picture_files`)
}

/** What is known of contents from earlier imports, and from earlier batches of this one. */
async function knownPictures(db: Client, hashes: string[]): Promise<Map<string, Picture>> {
  const columns = 'hash, format, width, height, bytes'
  const { rows } = await db.query<Picture>(
    `select distinct on (hash) ${columns} from (
       select ${columns} from product_images where hash = any($1)
       union all
       select ${columns} from picture_files where hash = any($1)
     ) as known`,
    [hashes],
  )
  return new Map(rows.filter(({ format }) => isPictureFormat(format)).map((picture) => [picture.hash, picture]))
}

async function noteOutcomes(db: Client, outcomes: readonly object[]): Promise<void> {
  await db.query(
    `update picture_files as f
     set (hash, format, width, height, bytes, code, sentence) = (o.hash, o.format, o.width, o.height, o.bytes, o.code, o.sentence)
     from json_to_recordset($1::json)
       as o(id int, hash text, format text, width int, height int, bytes int, code text, sentence text)
     where o.id = f.id`,
    [JSON.stringify(outcomes)],
  )
}
