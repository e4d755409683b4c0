import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { PICTURE_FOLDER } from '@/lib/imports/export'
import { empty, leadsOutside, MAX_BYTES, missing, type PictureProblem, tooManyBytes, unreadable } from './problems'

/** Finds the files of pictures inside an export, and nowhere else. */
export class PictureLocator {
  readonly #root: string
  readonly #folders: readonly string[]

  private constructor(root: string, folders: readonly string[]) {
    this.#root = root
    this.#folders = folders
  }

  /** `folders`: the export's folders of pictures, from its root. */
  static async of(source: string, folders: readonly string[]): Promise<PictureLocator> {
    return new PictureLocator(await realpath(source), folders)
  }

  /** The real path of a picture that `namedIn` (null: no file) names as `picture`, a path that picturePath() gave. */
  async locate(picture: string, namedIn: string | null): Promise<string | PictureProblem> {
    for (const folder of this.#candidates(namedIn)) {
      try {
        const file = await realpath(path.join(this.#root, folder, picture))
        if (!this.#holds(file)) return leadsOutside(picture)
        const stats = await stat(file)
        if (!stats.isFile()) continue
        if (stats.size === 0) return empty(picture)
        return stats.size > MAX_BYTES ? tooManyBytes(picture) : file
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') continue
        if (!code) throw error
        return unreadable(picture, code)
      }
    }
    return missing(picture)
  }

  /** Where import_files lies depends on who wrote the export: beside the file, at the root, or elsewhere in it. */
  #candidates(namedIn: string | null): Set<string> {
    const beside = namedIn === null ? [] : [path.posix.join(path.posix.dirname(namedIn), PICTURE_FOLDER)]
    return new Set([...beside, PICTURE_FOLDER, ...this.#folders])
  }

  #holds(file: string): boolean {
    return file.startsWith(this.#root.endsWith(path.sep) ? this.#root : this.#root + path.sep)
  }
}
