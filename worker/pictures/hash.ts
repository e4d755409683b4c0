import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { PictureFormat } from '@/lib/media'

export interface Hashed {
  /** SHA-256, in hex. */
  hash: string
  bytes: number
  /** What the content begins as, whatever its name says; null: none of ours. */
  format: PictureFormat | null
}

/** Reads a file as a stream and tells what it is by its content. */
export async function hashFile(file: string, signal: AbortSignal): Promise<Hashed> {
  const hash = createHash('sha256')
  let bytes = 0
  let format: PictureFormat | null = null
  for await (const chunk of createReadStream(file, { signal, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (bytes === 0) format = formatOf(chunk)
    hash.update(chunk)
    bytes += chunk.length
  }
  return { hash: hash.digest('hex'), bytes, format }
}

/** How each format begins, as Latin-1. */
const SIGNS: readonly [PictureFormat, RegExp][] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['gif', /^GIF8[79]a/],
]

function formatOf(head: Buffer): PictureFormat | null {
  const text = head.toString('latin1', 0, 16)
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? null
}
