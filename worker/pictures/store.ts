import { randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import { type PictureFormat, pictureFile, thumbnailFile } from '@/lib/media'
import { ImportFailure } from '@/worker/import-failure'

/** What a killed worker left half-written goes after this long, in milliseconds. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000

/**
 * The pictures in MEDIA_DIR: each content once, whole or not at all, and never written again while it is there.
 * What cannot be written there is no fault of the picture: it fails the import.
 */
export class PictureStore {
  readonly #drafts: string

  private constructor(drafts: string) {
    this.#drafts = drafts
  }

  static async open(): Promise<PictureStore> {
    const drafts = path.join(env().MEDIA_DIR, 'tmp')
    await writing(async () => {
      await mkdir(drafts, { recursive: true })
      for (const name of await readdir(drafts)) {
        const draft = path.join(drafts, name)
        // Another worker may put it in its place at this moment.
        const stats = await stat(draft).catch(() => null)
        if (stats && Date.now() - stats.mtimeMs > LEFTOVER_MS) await rm(draft, { force: true })
      }
    })
    return new PictureStore(drafts)
  }

  /** A copy to look at and to keep: what 1C may still be writing does not change under our hands. */
  async draft(source: string): Promise<string> {
    const draft = path.join(this.#drafts, randomUUID())
    await writing(async () => {
      await copyFile(source, draft)
      // The web process reads it too, whatever the export's own permissions.
      await chmod(draft, 0o644)
    })
    return draft
  }

  /** Makes a draft the picture of that content, with its thumbnail. The picture comes last: where it is, all is. */
  async keep(draft: string, hash: string, format: PictureFormat, thumbnail: Buffer): Promise<void> {
    await writing(async () => {
      const thumbnailDraft = `${draft}.thumb`
      await mkdir(path.dirname(pictureFile(hash, format)), { recursive: true })
      await writeThrough(thumbnailDraft, thumbnail)
      await writeThrough(draft, null)
      await rename(thumbnailDraft, thumbnailFile(hash))
      await rename(draft, pictureFile(hash, format))
    })
  }

  async discard(draft: string): Promise<void> {
    await rm(draft, { force: true })
    await rm(`${draft}.thumb`, { force: true })
  }
}

/** Whether a picture of that content is stored, whole and with its thumbnail. */
export async function isStored(hash: string, format: PictureFormat, bytes: number): Promise<boolean> {
  try {
    const [picture] = await Promise.all([stat(pictureFile(hash, format)), stat(thumbnailFile(hash))])
    return picture.size === bytes
  } catch {
    return false
  }
}

/** Writes to the disk itself: after a power cut, a name must not stand there without its content. */
async function writeThrough(file: string, content: Buffer | null): Promise<void> {
  const handle = await open(file, content ? 'wx' : 'r')
  try {
    if (content) await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new ImportFailure({ key: 'picturesNotStored', values: { folder: env().MEDIA_DIR, code: why } })
  }
}
