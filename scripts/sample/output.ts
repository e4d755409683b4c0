import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { BOMS, DECLARED, type Encoding, encode } from '@/scripts/sample/encoding'

/** Text is gathered up to this many characters before it goes to the disk. */
const CHUNK_CHARACTERS = 1 << 18

export const declaration = (encoding: Encoding): string => `<?xml version="1.0" encoding="${DECLARED[encoding]}"?>\n`

/** Writes a document to a file while it is being made; never holds more than one chunk of it. Returns bytes. */
export async function writeDocument(file: string, pieces: Iterable<string>, encoding: Encoding): Promise<number> {
  await mkdir(path.dirname(file), { recursive: true })
  const handle = await open(file, 'w')
  let bytes = 0
  try {
    await writeAll(BOMS[encoding])
    let chunk = declaration(encoding)
    for (const piece of pieces) {
      chunk += piece
      if (chunk.length < CHUNK_CHARACTERS) continue
      await writeAll(encode(chunk, encoding))
      chunk = ''
    }
    await writeAll(encode(chunk, encoding))
  } finally {
    await handle.close()
  }
  return bytes

  // handle.writeFile, unlike handle.write, goes on until all of it is written.
  async function writeAll(buffer: Uint8Array): Promise<void> {
    await handle.writeFile(buffer)
    bytes += buffer.length
  }
}
