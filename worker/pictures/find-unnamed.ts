import { opendir } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from 'pg'
import { NO_FILE } from '@/worker/steps/picture-tables'
import { rowsOf } from '@/worker/steps/step'

/** Files are looked up this many at a time. */
const BATCH = 500

/** 1C keeps a good's manuals and certificates in the same folders. */
const PICTURE_NAME = /\.(?:jpe?g|jpe|jfif|png|webp|gif)$/i

/**
 * Stages the pictures that lie at import_files/<first two characters>/<good's id>… without anybody naming them, for goods
 * of the export or the database that name none (COMMERCEML.md §6); returns how many. A good that has a file there gets
 * exactly the files that lie there; of one that has none, nothing is said.
 */
export async function findUnnamedPictures(
  db: Client,
  source: string,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  await db.query(`create temporary table found_pictures (path text collate "C" primary key, owner_id text collate "C")`)
  await db.query(`create index on stage_galleries (owner_id)`)
  let files: FoundFile[] = []
  for await (const file of filesIn(source, folders, signal)) {
    if (files.push(file) < BATCH) continue
    await matchOwners(db, files)
    files = []
  }
  await matchOwners(db, files)
  return stageFound(db)
}

interface FoundFile {
  /** Under import_files. */
  path: string
  /** Every id that the name may begin with. */
  owners: string[]
}

async function* filesIn(source: string, folders: readonly string[], signal: AbortSignal): AsyncGenerator<FoundFile> {
  for (const folder of folders) {
    for await (const group of await opendir(path.join(source, folder))) {
      signal.throwIfAborted()
      if (!group.isDirectory() || group.name.length > 2) continue
      for await (const { name } of await opendir(path.join(source, folder, group.name))) {
        // An id ends where a letter or a digit does not follow: «1» does not own «10.jpg».
        const ends = PICTURE_NAME.test(name) ? [...name.matchAll(/[^\p{L}\p{N}]/gu)].map(({ index }) => index) : []
        const owners = ends.map((end) => name.slice(0, end)).filter((id) => id !== '' && id.startsWith(group.name))
        if (owners.length > 0) yield { path: `${group.name}/${name}`, owners }
      }
    }
  }
}

/** Of the ids that a file's name may begin with, the longest that is a good's. */
async function matchOwners(db: Client, files: readonly FoundFile[]): Promise<void> {
  const candidates = files.flatMap((file) => file.owners.map((owner) => ({ path: file.path, owner })))
  await db.query(
    `insert into found_pictures
     select distinct on (c.path) c.path, c.owner
     from json_to_recordset($1::json) as c(path text, owner text collate "C")
     where exists (select from products where onec_id = c.owner)
        or exists (select from stage_galleries as g where g.owner_id = c.owner and g.named_by = 'good')
     order by c.path, length(c.owner) desc
     on conflict do nothing`,
    [JSON.stringify(candidates)],
  )
}

/** A good names pictures in this export, or else did in the last one that said anything of them. */
const NAMES_NONE = `
  not exists (select from stage_pictures as s where s.named_by = 'good' and s.owner_id = f.owner_id)
  and not exists (
    select from product_images as t
    where t.owner_onec_id = f.owner_id and t.named_by = 'good'
      and not exists (select from stage_galleries as g where g.owner_id = f.owner_id and g.named_by = 'good')
  )`

/** A variant's picture begins with its good's id too. */
const NAMED_BY_NOBODY = `
  not exists (select from stage_pictures as s where s.path = f.path)
  and not exists (select from product_images as t where t.path = f.path and t.named_by <> 'folder')`

async function stageFound(db: Client): Promise<number> {
  const found = await rowsOf(
    db,
    `insert into stage_pictures (seq, file, line, named_by, owner_id, path, position)
     select 1, ${NO_FILE}, 0, 'folder', f.owner_id, f.path,
       least(row_number() over (partition by f.owner_id order by f.path) - 1, 32767)
     from found_pictures as f
     where ${NAMES_NONE} and ${NAMED_BY_NOBODY}`,
  )
  await db.query(
    `insert into stage_galleries (seq, named_by, owner_id)
     select distinct 0, 'folder'::picture_source, owner_id from stage_pictures where named_by = 'folder'`,
  )
  return found
}
