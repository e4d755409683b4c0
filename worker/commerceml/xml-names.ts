/** A tag, as that which an opening tag follows. */
export interface Follows {
  /** The element that was opened after it the last time. */
  next: InternedName | null
}

/** A name as it stands in the document, known by its bytes. */
export interface InternedName {
  /** Length in bytes. */
  length: number
  /** Its bytes by fours, as little-endian integers, and those that are left. */
  words: Int32Array
  tail: Uint8Array
  /** With its prefix. */
  full: string
  /** Without it. */
  local: string
  opened: Follows
  closed: Follows
}

/** Names kept at the most: a real document has a few dozen, a hostile one as many as it has elements. */
const MAX_NAMES = 4096

// XML 1.0, productions 4 and 4a.
const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const NAME = new RegExp(`^[${START}][${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`, 'u')

/** Turns a name into the same object every time, so that it is checked once. */
export class NameTable {
  readonly #names = new Map<string, InternedName>()

  /** The name that stands there; null when it is none. */
  find(bytes: Buffer, start: number, end: number): InternedName | null {
    const full = bytes.toString('utf8', start, end)
    const known = this.#names.get(full)
    if (known) return known
    if (!NAME.test(full)) return null
    const name = intern(full, bytes.subarray(start, end))
    if (this.#names.size < MAX_NAMES) this.#names.set(full, name)
    return name
  }
}

function intern(full: string, bytes: Buffer): InternedName {
  const words = new Int32Array(bytes.length >> 2)
  for (let i = 0; i < words.length; i++) words[i] = bytes.readInt32LE(i * 4)
  return {
    length: bytes.length,
    words,
    tail: Uint8Array.from(bytes.subarray(words.length * 4)),
    full,
    local: full.slice(full.indexOf(':') + 1),
    opened: { next: null },
    closed: { next: null },
  }
}

/** Whether the name stands there, and something behind it. */
export function standsAt(view: DataView, start: number, { length, words, tail }: InternedName): boolean {
  if (start + length >= view.byteLength) return false
  let at = start
  for (let i = 0; i < words.length; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false
  for (let i = 0; i < tail.length; i++, at++) if (view.getUint8(at) !== tail[i]) return false
  return true
}
