import { picturePath } from '@/worker/commerceml/picture-path'
import type { GalleryRecord, PictureRecord } from '@/worker/commerceml/records'
import { badPath } from '@/worker/pictures/problems'
import type { Staging } from '@/worker/staging'
import { ID, ORIGIN_COLUMNS, type Origin } from './step'

const OWNER = { named_by: 'picture_source not null', owner_id: ID }

/** A good or an offer says which pictures it has: those of it in stage_pictures with a later `seq`, up to the next row. */
const GALLERIES = { name: 'stage_galleries', columns: { seq: 'int not null', ...OWNER } }

const PICTURES = {
  name: 'stage_pictures',
  columns: {
    ...ORIGIN_COLUMNS,
    ...OWNER,
    /** Under import_files; null when it is no such path, and then `sentence`, as JSON, says so. */
    path: 'text collate "C"',
    position: 'int not null',
    sentence: 'text',
  },
}

export const PICTURE_TABLES = [GALLERIES, PICTURES]

/** The number of the file of a picture that no file names; it has no line either. */
export const NO_FILE = -1

/** To be called for every gallery, before its pictures are staged. */
export function stageGallery({ owner, ownerId }: GalleryRecord, seq: number, staging: Staging): void {
  staging.put(GALLERIES.name, [seq, owner, ownerId])
}

export function stagePicture(record: PictureRecord, { seq, file }: Origin, staging: Staging): void {
  const { line, owner, ownerId, position } = record
  const path = picturePath(record.path)
  const sentence = path === null ? JSON.stringify(badPath(record.path)) : null
  staging.put(PICTURES.name, [seq, file, line, owner, ownerId, path, Math.min(position, 32_767), sentence])
}
