import { open } from 'node:fs/promises'
import sharp from 'sharp'
import type { PictureFormat } from '@/lib/media'
import { damaged, MAX_PIXELS, type PictureProblem, tooManyPixels } from './problems'

/** The longer side of a thumbnail, in pixels. */
const THUMBNAIL = 320
/** Pictures from this size on are decoded one at a time: a progressive JPEG is held whole, at 6 bytes a pixel. */
const LARGE = 12_000_000
/** No picture within MAX_PIXELS takes as long to decode. */
const TIMEOUT_S = 60

// The pictures are decoded beside each other already, and none of them twice.
sharp.concurrency(1)
sharp.cache(false)

export interface Inspected {
  /** As it is shown, turned the way its EXIF says. */
  width: number
  height: number
  /** WebP. */
  thumbnail: Buffer
}

/** Decodes a picture to its end, whose content has begun as `format`; `path` is its name for the operator. */
export async function inspectPicture(
  file: string,
  format: PictureFormat,
  path: string,
  signal: AbortSignal,
): Promise<Inspected | PictureProblem> {
  try {
    const { width, height } = (await sharp(file, { failOn: 'error', limitInputPixels: false }).metadata()).autoOrient
    if (width * height > MAX_PIXELS) return tooManyPixels(path, width, height)
    if (format === 'gif' && !(await endsAsGif(file))) return damaged(path)
    const decode = async () => {
      // It may have waited for its turn.
      signal.throwIfAborted()
      return { width, height, thumbnail: await thumbnailOf(file) }
    }
    return await (width * height < LARGE ? decode() : inTurn(decode))
  } catch {
    signal.throwIfAborted()
    // Whatever sharp has against a file that is there: it cannot be shown.
    return damaged(path)
  }
}

const thumbnailOf = (file: string): Promise<Buffer> =>
  // Not «warning», its default: browsers show what it refuses, such as bytes too many between two markers.
  sharp(file, { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true })
    .timeout({ seconds: TIMEOUT_S })
    .autoOrient()
    .resize(THUMBNAIL, THUMBNAIL, { fit: 'inside', withoutEnlargement: true })
    .webp()
    .toBuffer()

let lastLarge: Promise<unknown> = Promise.resolve()

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = lastLarge.then(work)
  lastLarge = mine.catch(() => {})
  return mine
}

/** A cut-off animation decodes without complaint as far as it goes; a whole one ends with a semicolon. */
async function endsAsGif(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, Math.max(0, size - 64))
    return /;\0*$/.test(buffer.toString('latin1', 0, bytesRead))
  } finally {
    await handle.close()
  }
}
