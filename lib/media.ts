import path from 'node:path'
import { env } from '@/lib/env'

// Pictures lie in MEDIA_DIR under the SHA-256 of their content, once each, beside a thumbnail for the admin.

/** The formats a picture may have, with what a browser calls them. */
export const PICTURE_FORMATS = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
} as const

export type PictureFormat = keyof typeof PICTURE_FORMATS

export const isPictureFormat = (format: string): format is PictureFormat => Object.hasOwn(PICTURE_FORMATS, format)

const inMediaDir = (hash: string, name: string) => path.join(env().MEDIA_DIR, hash.slice(0, 2), name)

/** Where a picture lies. */
export const pictureFile = (hash: string, format: PictureFormat): string => inMediaDir(hash, `${hash}.${format}`)

/** Where its thumbnail lies, in WebP. */
export const thumbnailFile = (hash: string): string => inMediaDir(hash, `${hash}.thumb.webp`)
