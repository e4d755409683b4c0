import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'

/** Text is gathered up to this many characters before it goes to the disk. */
const CHUNK_CHARACTERS = 1 << 18

/** Writes text to a file as UTF-8 while it is being made; never holds more than one chunk of it. Returns bytes. */
export async function writeText(file: string, pieces: Iterable<string>, { bom = false } = {}): Promise<number> {
  await mkdir(path.dirname(file), { recursive: true })
  const handle = await open(file, 'w')
  let bytes = 0
  try {
    let chunk = bom ? '\uFEFF' : ''
    for (const piece of pieces) {
      chunk += piece
      if (chunk.length < CHUNK_CHARACTERS) continue
      bytes += await writeAll(chunk)
      chunk = ''
    }
    bytes += await writeAll(chunk)
  } finally {
    await handle.close()
  }
  return bytes

  // handle.writeFile, unlike handle.write, goes on until all of it is written.
  async function writeAll(text: string): Promise<number> {
    const buffer = Buffer.from(text)
    await handle.writeFile(buffer)
    return buffer.length
  }
}
