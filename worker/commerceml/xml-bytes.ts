// What bytes of a UTF-8 document are to XML.

export const LT = 0x3c
export const GT = 0x3e
export const SLASH = 0x2f
export const BANG = 0x21
export const QUESTION = 0x3f
export const EQUALS = 0x3d
export const NEWLINE = 0x0a
const SPACE = 0x20

/** What a text holds, as a sum of the kinds of its bytes. */
export const VISIBLE = 1
export const LINE_BREAK = 2
export const NON_ASCII = 4
/** «&», carriage return and «]»: a text with these has to be decoded, or is refused. */
export const SPECIAL = 8
/** Control characters, which XML has no place for; and the byte that U+FFFE and U+FFFF begin with. */
export const SUSPECT = 16

export const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0xef) return VISIBLE | NON_ASCII | SUSPECT
  if (byte >= 0x80) return VISIBLE | NON_ASCII
  if (byte === 0x26 || byte === 0x5d) return VISIBLE | SPECIAL
  if (byte > SPACE) return VISIBLE
  if (byte === NEWLINE) return LINE_BREAK
  if (byte === 0x0d) return SPECIAL
  return byte === SPACE || byte === 0x09 ? 0 : SUSPECT
})

/** Where the first character stands that XML has no place for; -1 when there is none. */
export function forbiddenAt(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (((KIND[byte] as number) & SUSPECT) === 0) continue
    if (byte !== 0xef || (bytes[at + 1] === 0xbf && (bytes[at + 2] ?? 0) >= 0xbe)) return at
  }
  return -1
}

/** The end of what may be a name: up to a space or one of / > = < ?. */
export function endOfName(bytes: Buffer, start: number, end: number): number {
  let at = start
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte <= SPACE || byte === GT || byte === SLASH || byte === EQUALS || byte === LT || byte === QUESTION) break
  }
  return at
}

/** The first byte that is no space; what else stands up to the space in Unicode is refused elsewhere. */
export function afterSpace(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(bytes[at] as number)) at++
  return at
}

export const isSpace = (byte: number): boolean => byte <= SPACE

/** The length without a character whose last bytes are still to come. */
export function withoutCutCharacter(bytes: Buffer, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? length - back : length
    }
  }
  return length
}

/** Characters of UTF-8: every byte but the continuing ones. */
export function charactersIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (((bytes[at] as number) & 0xc0) !== 0x80) count++
  return count
}
