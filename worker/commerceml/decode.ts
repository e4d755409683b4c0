import { open } from 'node:fs/promises'
import { ExportError } from './export-error'

/** A piece of a file in UTF-8, and how many bytes of the file it took. */
export interface Piece {
  utf8: Buffer
  bytes: number
}

const CHUNK_BYTES = 256 * 1024
/** How much is looked at to tell the encoding, in bytes (COMMERCEML.md §1). */
const HEAD_BYTES = 64 * 1024

const ROOT = 'КоммерческаяИнформация'

const ENCODINGS: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'windows-1251': 'windows-1251',
  cp1251: 'windows-1251',
  'koi8-r': 'koi8-r',
  cp866: 'ibm866',
  ibm866: 'ibm866',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
}

/** Streams a file as UTF-8, out of the encoding that its BOM, its XML declaration or its bytes tell (COMMERCEML.md §1). */
export async function* decodeFile(
  path: string,
  file: string,
  onEncodingMismatch: (declared: string, actual: string) => void,
): AsyncGenerator<Piece> {
  let decoder: TextDecoder | undefined
  let first = true
  /** Bytes before this piece. */
  let done = 0
  for await (const bytes of piecesOf(path)) {
    if (first) {
      const encoding = encodingOf(bytes.subarray(0, HEAD_BYTES), file, onEncodingMismatch)
      // UTF-8 goes on as it is: the reader checks it.
      if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { fatal: true })
      first = false
    }
    yield { utf8: decoder ? decode(decoder, bytes, file, done) : bytes, bytes: bytes.length }
    done += bytes.length
  }
  if (decoder) yield { utf8: decode(decoder, undefined, file, done), bytes: 0 }
}

/** The bytes of a file. A piece is valid until the next one is asked for: two buffers take turns, one is being filled. */
async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path)
  try {
    const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)] as const
    const read = (n: number) => handle.read(buffers[n % 2] as Buffer, 0, CHUNK_BYTES)
    let next = read(0)
    for (let n = 1; ; n++) {
      const { bytesRead, buffer } = await next
      if (bytesRead === 0) return
      next = read(n)
      // Its failure counts when its turn comes, and not at all when nobody asks for it.
      next.catch(() => {})
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function decode(decoder: TextDecoder, bytes: Buffer | undefined, file: string, done: number): Buffer {
  try {
    return Buffer.from(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
  } catch {
    throw new ExportError({ key: 'file.notEncoding', values: { file, byte: done, encoding: decoder.encoding } })
  }
}

/** The encoding of a file that begins so, as TextDecoder names it. */
function encodingOf(head: Buffer, file: string, onMismatch: (declared: string, actual: string) => void): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  // A declaration is ASCII in every encoding there is here, but for UTF-16 without a BOM.
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(head.toString('latin1'))?.[1] ?? 'UTF-8'
  const encoding = ENCODINGS[declared.toLowerCase()]
  if (!encoding) throw new ExportError({ key: 'file.unknownEncoding', values: { file, encoding: declared } })
  // The declaration of a document in UTF-16 could not have been read.
  const isReadable = !encoding.startsWith('utf-16')
  if (encoding !== 'utf-8' && isUtf8(head) && (!isReadable || /[а-яё]/iu.test(head.toString('utf8')))) {
    onMismatch(declared, 'UTF-8')
    return 'utf-8'
  }
  // With the root's name in UTF-8 it is that, and damaged: the reader says where.
  if ((encoding === 'utf-8' || !isReadable) && !isUtf8(head) && !head.includes(ROOT)) {
    onMismatch(declared, 'windows-1251')
    return 'windows-1251'
  }
  return isReadable ? encoding : 'utf-8'
}

function isUtf8(bytes: Buffer): boolean {
  try {
    // Streaming: the end of the head may cut a character in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
