// Names and tags of a document, known by their bytes: records are alike, and so is what stands between their texts.

/** A name as it stands in the document. */
export interface Name {
  /** Length in bytes. */
  length: number
  /** With its prefix. */
  full: string
  /** Without it. */
  local: string
  opening: Tag
  closing: Tag
  /** An element that is opened and closed at once. */
  empty: Tag
}

/** A kind of tag of one name, and what came behind it. */
export interface Tag {
  name: Name
  kind: 'opening' | 'closing' | 'empty'
  /** The tags that came next, blank text before them or none; and those that came behind a text. */
  next: Follows
  afterText: Follows
}

/** A tag without attributes, with the blank text before it. */
interface Follow extends KnownBytes {
  tag: Tag
  /** Line breaks before the tag. */
  lines: number
}

/** Bytes, by fours as little-endian integers, and those that are left. */
interface KnownBytes {
  length: number
  words: Int32Array
  tail: Uint8Array
}

/** Names kept at the most: a real document has a few dozen, a hostile one as many as it has elements. */
const MAX_NAMES = 4096
/** Kept at the most of what followed one tag: the name of a thing stands in things of several kinds. */
const MAX_FOLLOWS = 16
/** Longer ones are not kept, in bytes. */
const MAX_FOLLOW_BYTES = 256

// XML 1.0, productions 4 and 4a.
const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const NAME = new RegExp(`^[${START}][${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`, 'u')

/** Turns a name into the same object every time, so that it is checked once. */
export class NameTable {
  readonly #names = new Map<string, Name>()

  /** The name that stands there; null when it is none. */
  find(bytes: Buffer, start: number, end: number): Name | null {
    const full = bytes.toString('utf8', start, end)
    const known = this.#names.get(full)
    if (known) return known
    if (!NAME.test(full)) return null
    const name = newName(full, end - start)
    if (this.#names.size < MAX_NAMES) this.#names.set(full, name)
    return name
  }
}

function newName(full: string, length: number): Name {
  const name = { full, local: full.slice(full.indexOf(':') + 1), length } as Name
  for (const kind of ['opening', 'closing', 'empty'] as const) {
    name[kind] = { name, kind, next: new Follows(), afterText: new Follows() }
  }
  return name
}

/** What came behind a tag so far, the likeliest first: whole tags are recognised by comparing bytes once. */
export class Follows {
  readonly #known: Follow[] = []

  /** The one that stands at that place, whole before `end`; null when none does. */
  find(view: DataView, at: number, end: number): Follow | null {
    const known = this.#known
    for (let i = 0; i < known.length; i++) {
      const follow = known[i] as Follow
      if (at + follow.length > end || !standsAt(view, at, follow)) continue
      if (i > 0) {
        known[i] = known[i - 1] as Follow
        known[i - 1] = follow
      }
      return follow
    }
    return null
  }

  /** Keeps what has just been read: blank text and a tag. */
  learn(bytes: Buffer, tag: Tag, lines: number): void {
    if (bytes.length > MAX_FOLLOW_BYTES) return
    if (this.#known.length === MAX_FOLLOWS) this.#known.pop()
    this.#known.push({ ...knownBytes(bytes), tag, lines })
  }
}

function knownBytes(bytes: Buffer): KnownBytes {
  const words = new Int32Array(bytes.length >> 2)
  for (let i = 0; i < words.length; i++) words[i] = bytes.readInt32LE(i * 4)
  return { length: bytes.length, words, tail: Uint8Array.from(bytes.subarray(words.length * 4)) }
}

function standsAt(view: DataView, start: number, { words, tail }: KnownBytes): boolean {
  let at = start
  for (let i = 0; i < words.length; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false
  for (let i = 0; i < tail.length; i++, at++) if (view.getUint8(at) !== tail[i]) return false
  return true
}
