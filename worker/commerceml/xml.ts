import { isUtf8 } from 'node:buffer'
import { brokenFile, ExportError, refusedFile } from './export-error'
import type { Sentence, XmlFault } from './sentence'
import {
  afterSpace,
  BANG,
  charactersIn,
  EQUALS,
  endOfName,
  forbiddenAt,
  GT,
  isSpace,
  KIND,
  LINE_BREAK,
  LT,
  NEWLINE,
  NON_ASCII,
  QUESTION,
  SLASH,
  SPECIAL,
  SUSPECT,
  VISIBLE,
  withoutCutCharacter,
} from './xml-bytes'
import { decodeAttribute, decodeText, XmlSyntaxError } from './xml-entities'
import { type Follows, type Name, NameTable, type Tag } from './xml-tags'
import { TextCache } from './xml-texts'

/** What of an element's content is wanted: its elements, and the text directly inside it; or none of it at all. */
export type Wanted = 'text' | 'elements' | 'nothing'

/** What a document is told as, element by element. Names are local: any namespace, any prefix (COMMERCEML.md §1). */
export interface XmlHandler {
  /** An element begins; says what of it is wanted. What is not wanted is checked all the same. */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): Wanted
  /** A text, whole or a part of it; blank text between two tags is nobody's. */
  text(text: string): void
  close(name: string): void
}

/** Elements nested deeper than this are refused. */
export const MAX_DEPTH = 100
/** One text, tag or comment longer than this is refused, in bytes. */
export const MAX_TOKEN_BYTES = 1024 * 1024

/** Read at once, in bytes: so little stays in the processor's cache, and in the young generation as a string. */
const SLICE_BYTES = 64 * 1024

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({})

/** The token at the end of a piece is not complete: it is read again with the next piece. */
const INCOMPLETE = -1

/**
 * A strict, streaming reader of one UTF-8 document, over bytes: every byte of a text is looked at once, a tag is
 * compared as bytes with what stood there the last time, and text becomes a string only where the handler wants it.
 * It refuses what XML 1.0 calls not well-formed, every document type (so there is no entity to expand), and tokens or
 * nesting beyond the limits. tests/unit/xml.test.ts holds it to saxes.
 */
export class XmlReader {
  readonly #file: string
  readonly #handler: XmlHandler
  readonly #names = new NameTable()
  readonly #texts = new TextCache()
  readonly #open: Name[] = []
  /** What is wanted of the innermost element, and of those around it. */
  #wanted: Wanted = 'elements'
  readonly #wantedAround: Wanted[] = []
  /** What came the last time behind the tag before; null where that was no tag. */
  #expected: Follows | null = null
  #expectedAfterText: Follows | null = null
  /** Where that tag, or the text behind it, ended; negative when it is gone. */
  #lastEnd = 0
  /** What is being read: the rest of the last piece and the new one, up to #length. */
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #length = 0
  /** How much of it is known to be UTF-8. */
  #checked = 0
  /** The line of the place up to which lines are counted. */
  #line = 1
  #counted = 0
  /** Characters of that line that are no longer in #bytes. */
  #column = 0
  #started = false
  #rootSeen = false

  constructor(file: string, handler: XmlHandler) {
    this.#file = file
    this.#handler = handler
  }

  write(piece: Buffer): void {
    for (let at = 0; at < piece.length; at += SLICE_BYTES) this.#read(piece.subarray(at, at + SLICE_BYTES))
  }

  #read(slice: Buffer): void {
    this.#append(slice)
    const complete = withoutCutCharacter(this.#bytes, this.#length)
    if (!isUtf8(this.#bytes.subarray(this.#checked, complete))) throw this.#notUtf8()
    this.#checked = complete
    this.#forget(this.#scan(false))
    if (this.#length > MAX_TOKEN_BYTES) this.#refuseLength()
  }

  /** Says that the document is complete: a truncated one throws here. */
  end(): void {
    const end = this.#checked
    // Cut off in the middle of a character.
    if (end !== this.#length) this.#break(end, 'cutOff')
    const read = this.#scan(true)
    const top = this.#open[this.#open.length - 1]
    if (top) this.#break(end, 'unclosed', { element: top.full })
    if (read < end || !this.#rootSeen) this.#break(end, 'cutOff')
  }

  /** Reads complete tokens; returns how many bytes they took. */
  #scan(final: boolean): number {
    let at = 0
    if (!this.#started) {
      at = this.#prolog(final)
      if (at === INCOMPLETE) return 0
      this.#started = true
    }
    this.#texts.source = this.#bytes.toString('latin1', 0, this.#length)
    while (at < this.#length) {
      let next = this.#expectedTag(at)
      if (next === INCOMPLETE) next = this.#bytes[at] === LT ? this.#markup(at) : this.#text(at, final)
      if (next === INCOMPLETE) break
      at = next
    }
    return at
  }

  /** Blank text and a tag that stood behind the same tag before: one comparison says that it is well-formed. */
  #expectedTag(start: number): number {
    const follow = this.#open.length > 0 ? this.#expected?.find(this.#view, start, this.#length) : null
    if (!follow) return INCOMPLETE
    const { tag } = follow
    // Not the element that is open: what is wrong is said elsewhere.
    if (tag.kind === 'closing' && tag.name !== this.#open[this.#open.length - 1]) return INCOMPLETE
    this.#line += follow.lines
    this.#counted = start + follow.length
    this.#endTag(tag, this.#counted)
    if (tag.kind !== 'closing') this.#begin(start, tag.name, NO_ATTRIBUTES)
    if (tag.kind !== 'opening') this.#finish()
    return this.#counted
  }

  /** The byte order mark and the XML declaration. */
  #prolog(final: boolean): number {
    const bytes = this.#bytes.subarray(0, this.#length)
    if (bytes.length < 9 && !final) return INCOMPLETE
    const at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    if (!/^<\?xml[\s?]/.test(bytes.toString('latin1', at, at + 6))) return at
    const end = bytes.indexOf('?>', at)
    if (end < 0) return final ? this.#break(at, 'cutOff') : INCOMPLETE
    this.#checkCharacters(at, end)
    if (!XML_DECLARATION.test(bytes.toString('utf8', at, end + 2))) this.#break(at, 'declaration')
    this.#lineAt(end + 2)
    return end + 2
  }

  #text(start: number, final: boolean): number {
    const bytes = this.#bytes
    const length = this.#length
    let kinds = 0
    let end = start
    for (; end < length; end++) {
      const byte = bytes[end] as number
      if (byte === LT) break
      kinds |= KIND[byte] as number
    }
    const inside = this.#open.length > 0
    // What kind of markup comes behind it is to be seen as well.
    if (end + 1 >= length && (inside || !final)) return INCOMPLETE
    if (end - start > MAX_TOKEN_BYTES) this.#refuseLength()
    if (kinds & SUSPECT) this.#checkCharacters(start, end)
    if (kinds & VISIBLE) {
      if (!inside) this.#break(start, 'textOutside')
      if (kinds & SPECIAL) this.#specialText(start, end)
      else if (this.#wanted === 'text') this.#handler.text(this.#string(start, end, kinds))
      this.#expected = this.#expectedAfterText
      this.#expectedAfterText = null
      this.#lastEnd = end
    } else if (this.#wanted === 'text' && (!this.#expected || bytes[end + 1] === BANG || bytes[end + 1] === QUESTION)) {
      // Indentation, as a rule; beside CDATA or a comment it is a part of the text.
      this.#specialText(start, end)
    }
    if (kinds & LINE_BREAK) this.#lineAt(end)
    else this.#counted = end
    return end
  }

  #string(start: number, end: number, kinds: number): string {
    return kinds & NON_ASCII ? this.#texts.utf8(this.#bytes, start, end) : this.#texts.ascii(start, end)
  }

  /** A text with references, carriage returns or «]»: checked even where it is not wanted. */
  #specialText(start: number, end: number): void {
    const raw = this.#bytes.toString('utf8', start, end)
    if (raw.includes(']]>')) this.#break(start, 'cdataEnd')
    const text = this.#decode(start, () => decodeText(raw))
    if (this.#wanted === 'text') this.#handler.text(text)
  }

  /** Markup that is not the expected tag. */
  #markup(start: number): number {
    this.#expectedAfterText = null
    const end = this.#anyMarkup(start)
    if (end !== INCOMPLETE) {
      this.#checkCharacters(start, end)
      this.#lineAt(end)
    }
    return end
  }

  #anyMarkup(start: number): number {
    const second = this.#byteAt(start + 1)
    if (second === SLASH) return this.#closingTag(start)
    if (second === BANG) return this.#declaration(start)
    if (second === QUESTION) return this.#instruction(start)
    return second === undefined ? INCOMPLETE : this.#openingTag(start)
  }

  #openingTag(start: number): number {
    if (this.#rootSeen && this.#open.length === 0) this.#break(start, 'secondRoot')
    const nameEnd = endOfName(this.#bytes, start + 1, this.#length)
    if (nameEnd === this.#length) return INCOMPLETE
    const name = this.#names.find(this.#bytes, start + 1, nameEnd)
    if (!name) return this.#break(start, 'elementName')
    const after = this.#bytes[nameEnd]
    if (after === GT) {
      this.#learn(name.opening, start, nameEnd + 1)
      this.#begin(start, name, NO_ATTRIBUTES)
      return nameEnd + 1
    }
    if (after === SLASH && this.#byteAt(nameEnd + 1) === GT) {
      this.#learn(name.empty, start, nameEnd + 2)
      this.#begin(start, name, NO_ATTRIBUTES)
      this.#finish()
      return nameEnd + 2
    }
    return this.#restOfTag(start, nameEnd, name)
  }

  /** What follows the name of an opening tag: attributes, and «>» or «/>». */
  #restOfTag(start: number, nameEnd: number, name: Name): number {
    const bytes = this.#bytes
    const length = this.#length
    const attributes: Record<string, string> = {}
    const seen = new Set<string>()
    let at = nameEnd
    for (;;) {
      const before = at
      at = afterSpace(bytes, at, length)
      if (at === length) return INCOMPLETE
      const byte = bytes[at]
      if (byte === GT) break
      if (byte === SLASH) {
        if (at + 1 === length) return INCOMPLETE
        if (bytes[at + 1] !== GT) this.#break(at, 'slash')
        break
      }
      if (at === before) this.#break(at, 'noSpace')
      const keyEnd = endOfName(bytes, at, length)
      const equals = afterSpace(bytes, keyEnd, length)
      if (equals === length) return INCOMPLETE
      const key = this.#names.find(bytes, at, keyEnd)
      if (!key || bytes[equals] !== EQUALS) return this.#break(at, 'attribute')
      const opening = afterSpace(bytes, equals + 1, length)
      if (opening === length) return INCOMPLETE
      const quote = bytes[opening] as number
      if (quote !== 0x22 && quote !== 0x27) this.#break(at, 'noQuotes')
      const closing = this.#placeOf(quote, opening + 1)
      if (closing < 0) return INCOMPLETE
      if (seen.has(key.full)) this.#break(at, 'repeatedAttribute', { attribute: key.full })
      seen.add(key.full)
      attributes[key.local] = this.#decode(at, () => decodeAttribute(bytes.toString('utf8', opening + 1, closing)))
      at = closing + 1
    }
    const isEmpty = bytes[at] === SLASH
    const end = at + (isEmpty ? 2 : 1)
    this.#endTag(isEmpty ? name.empty : name.opening, end)
    this.#begin(start, name, attributes)
    if (isEmpty) this.#finish()
    return end
  }

  #closingTag(start: number): number {
    const top = this.#open[this.#open.length - 1]
    if (!top) return this.#break(start, 'strayEnd')
    const nameEnd = endOfName(this.#bytes, start + 2, this.#length)
    const end = afterSpace(this.#bytes, nameEnd, this.#length)
    if (end === this.#length) return INCOMPLETE
    if (this.#bytes[end] !== GT || this.#bytes.toString('utf8', start + 2, nameEnd) !== top.full)
      this.#break(start, 'otherEnd', { element: top.full })
    if (end === nameEnd) this.#learn(top.closing, start, end + 1)
    else this.#endTag(top.closing, end + 1)
    this.#finish()
    return end + 1
  }

  /** Comments, CDATA, and what is refused: document types. */
  #declaration(start: number): number {
    const bytes = this.#bytes
    const length = this.#length
    this.#expected = null
    const opening = bytes.toString('latin1', start, Math.min(start + 9, length))
    if (opening.startsWith('<!--')) {
      const end = this.#placeOf('--', start + 4)
      if (end < 0 || end + 2 >= length) return INCOMPLETE
      if (bytes[end + 2] !== GT) this.#break(end, 'commentDashes')
      return end + 3
    }
    if (opening === '<![CDATA[') {
      if (this.#open.length === 0) this.#break(start, 'textOutside')
      const end = this.#placeOf(']]>', start + 9)
      if (end < 0) return INCOMPLETE
      if (end - start > MAX_TOKEN_BYTES) this.#refuseLength()
      if (this.#wanted === 'text') this.#handler.text(bytes.toString('utf8', start + 9, end).replace(/\r\n?/g, '\n'))
      return end + 3
    }
    if (opening.length < 9 && ['<!DOCTYPE', '<![CDATA[', '<!--'].some((known) => known.startsWith(opening)))
      return INCOMPLETE
    if (opening === '<!DOCTYPE') this.#refuse(start, 'dtd')
    return this.#break(start, 'unknownDeclaration')
  }

  #instruction(start: number): number {
    this.#expected = null
    const end = this.#placeOf('?>', start + 2)
    if (end < 0) return INCOMPLETE
    const targetEnd = Math.min(end, endOfName(this.#bytes, start + 2, this.#length))
    const target = this.#names.find(this.#bytes, start + 2, targetEnd)
    const after = this.#bytes[targetEnd] as number
    if (!target || /^xml$/i.test(target.full) || !(isSpace(after) || after === QUESTION))
      this.#break(start, 'instruction')
    return end + 2
  }

  #begin(at: number, name: Name, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length === MAX_DEPTH) this.#refuse(at, 'depth', { limit: MAX_DEPTH })
    this.#rootSeen = true
    this.#open.push(name)
    this.#wantedAround.push(this.#wanted)
    if (this.#wanted !== 'nothing') this.#wanted = this.#handler.open(name.local, attributes, this.#line)
  }

  #finish(): void {
    const name = this.#open.pop() as Name
    this.#wanted = this.#wantedAround.pop() as Wanted
    if (this.#wanted !== 'nothing') this.#handler.close(name.local)
  }

  /** A tag without attributes that was not expected here: the next time it is. */
  #learn(tag: Tag, start: number, end: number): void {
    const from = this.#lastEnd
    if (this.#expected && from >= 0) {
      const before = this.#bytes.subarray(from, start)
      this.#expected.learn(this.#bytes.subarray(from, end), tag, before.filter((byte) => byte === NEWLINE).length)
    }
    this.#endTag(tag, end)
  }

  #endTag(tag: Tag, end: number): void {
    this.#expected = tag.next
    this.#expectedAfterText = tag.afterText
    this.#lastEnd = end
  }

  /** Refuses characters that no document may hold anywhere. */
  #checkCharacters(start: number, end: number): void {
    const found = forbiddenAt(this.#bytes, start, end)
    if (found >= 0) this.#break(found, 'character')
  }

  #decode(at: number, decode: () => string): string {
    try {
      return decode()
    } catch (error) {
      if (!(error instanceof XmlSyntaxError)) throw error
      return this.#break(at, error.fault, error.values)
    }
  }

  #byteAt(at: number): number | undefined {
    return at < this.#length ? this.#bytes[at] : undefined
  }

  #placeOf(what: number | string, from: number): number {
    return this.#bytes.subarray(0, this.#length).indexOf(what, from)
  }

  /** Counts lines up to a place that is not before the last one. */
  #lineAt(at: number): number {
    for (let place = this.#counted; place < at; place++) if (this.#bytes[place] === NEWLINE) this.#line++
    this.#counted = Math.max(this.#counted, at)
    return this.#line
  }

  /** Adds a piece to what is left of the one before; the buffer is the same all the time. */
  #append(piece: Buffer): void {
    const length = this.#length + piece.length
    if (length > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(length * 2)
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    piece.copy(this.#bytes, this.#length)
    this.#length = length
  }

  /** Drops what is read, but keeps count of line and column. */
  #forget(read: number): void {
    this.#lineAt(read)
    this.#column = this.#columnAt(read)
    this.#bytes.copyWithin(0, read, this.#length)
    this.#length -= read
    this.#checked -= read
    this.#counted = 0
    this.#lastEnd -= read
  }

  /** Characters of the line before that place. */
  #columnAt(at: number): number {
    const newline = this.#bytes.subarray(0, at).lastIndexOf(NEWLINE)
    return (newline < 0 ? this.#column : 0) + charactersIn(this.#bytes, newline + 1, at)
  }

  #break(at: number, fault: XmlFault, values?: Sentence['values']): never {
    throw brokenFile(this.#file, this.#lineAt(at), this.#columnAt(at) + 1, { key: `xml.${fault}`, values })
  }

  #refuse(at: number, fault: XmlFault, values?: Sentence['values']): never {
    throw refusedFile(this.#file, this.#lineAt(at), { key: `xml.${fault}`, values })
  }

  #refuseLength(): never {
    this.#refuse(this.#counted, 'length', { limit: MAX_TOKEN_BYTES / 1024 / 1024 })
  }

  #notUtf8(): ExportError {
    return new ExportError({ key: 'file.notUtf8', values: { file: this.#file, line: this.#line } })
  }
}

const XML_DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.[01]"|'1\.[01]')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/
