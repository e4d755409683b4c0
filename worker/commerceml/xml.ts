import { isUtf8 } from 'node:buffer'
import { brokenFile, ExportError } from './export-error'
import { decodeAttribute, decodeText, XmlSyntaxError } from './xml-entities'
import { type Follows, type InternedName, NameTable, standsAt } from './xml-names'

/** What a document is told as, element by element. Names are local: any namespace, any prefix (COMMERCEML.md §1). */
export interface XmlHandler {
  /** An element begins; says whether the text directly inside it is wanted. */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): boolean
  /** A text, whole or a part of it; blank text between two tags is nobody's. */
  text(text: string): void
  close(name: string): void
}

/** Elements nested deeper than this are refused. */
export const MAX_DEPTH = 100
/** One text, tag or comment longer than this is refused, in bytes. */
export const MAX_TOKEN_BYTES = 1024 * 1024

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const EQUALS = 0x3d
const AMPERSAND = 0x26
const BRACKET = 0x5d
const NEWLINE = 0x0a
const RETURN = 0x0d
const TAB = 0x09
const SPACE = 0x20

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({})

/** The token at the end of a piece is not complete: it is read again with the next piece. */
const INCOMPLETE = -1

/**
 * A strict, streaming reader of one UTF-8 document, over bytes: what a whole piece can be asked at once is asked
 * natively (is it UTF-8, has it control characters, where is the next «<»), names are compared as bytes, and text
 * becomes a string only where the handler wants it. It refuses what XML 1.0 calls not well-formed, every document type
 * (so there is no entity to expand), and tokens or nesting beyond the limits. tests/unit/xml.test.ts holds it to saxes.
 */
export class XmlReader {
  readonly #file: string
  readonly #handler: XmlHandler
  readonly #names = new NameTable()
  readonly #open: InternedName[] = []
  /** Whether the text of the innermost element is wanted, and of those around it. */
  #wanted = false
  readonly #wantedAround: boolean[] = []
  /** The last tag, and what followed it the last time. */
  #previous: Follows = { next: null }
  /** What is being read: the rest of the last piece and the new one. */
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** How much of it is known to be UTF-8 without forbidden characters. */
  #checked = 0
  /** Where the next «&», carriage return and «]» stand: text with these has to be decoded, or is refused. */
  #ampersand = -1
  #return = -1
  #bracket = -1
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
    this.#bytes = this.#bytes.length === 0 ? piece : Buffer.concat([this.#bytes, piece])
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength)
    this.#ampersand = -1
    this.#return = -1
    this.#bracket = -1
    const complete = withoutCutCharacter(this.#bytes)
    this.#checkCharacters(complete)
    const read = this.#scan(false)
    this.#forget(read)
    this.#checked = complete - read
    if (this.#bytes.length > MAX_TOKEN_BYTES) this.#refuseLength()
  }

  /** Says that the document is complete: a truncated one throws here. */
  end(): void {
    const end = this.#checked
    // Cut off in the middle of a character.
    if (end !== this.#bytes.length) this.#break(end, 'файл обрывается')
    const read = this.#scan(true)
    const top = this.#open[this.#open.length - 1]
    if (top) this.#break(end, `файл обрывается: не закрыт элемент «${top.full}»`)
    if (read < this.#bytes.length || !this.#rootSeen) this.#break(end, 'файл обрывается')
  }

  /** Reads complete tokens; returns how many bytes they took. */
  #scan(final: boolean): number {
    let at = 0
    if (!this.#started) {
      at = this.#prolog(final)
      if (at === INCOMPLETE) return 0
      this.#started = true
    }
    const { length } = this.#bytes
    while (at < length) {
      const next = this.#bytes[at] === LT ? this.#markup(at) : this.#text(at, final)
      if (next === INCOMPLETE) break
      at = next
    }
    return at
  }

  /** The byte order mark and the XML declaration. */
  #prolog(final: boolean): number {
    const bytes = this.#bytes
    if (bytes.length < 9 && !final) return INCOMPLETE
    const at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    if (!/^<\?xml[\s?]/.test(bytes.toString('latin1', at, at + 6))) return at
    const end = bytes.indexOf('?>', at)
    if (end < 0) return final ? this.#break(at, 'файл обрывается') : INCOMPLETE
    if (!XML_DECLARATION.test(bytes.toString('utf8', at, end + 2)))
      this.#break(at, 'это не XML (неверное объявление XML)')
    return end + 2
  }

  #text(start: number, final: boolean): number {
    const bytes = this.#bytes
    const found = bytes.indexOf(LT, start)
    const inside = this.#open.length > 0
    if (found < 0 && (inside || !final)) return INCOMPLETE
    const end = found < 0 ? bytes.length : found
    if (end - start > MAX_TOKEN_BYTES) this.#refuseLength()
    if (!inside) {
      if (!isBlank(bytes, start, end)) this.#break(start, 'это не XML (текст вне корневого элемента)')
      return end
    }
    if (this.#hasSpecial(start, end)) this.#specialText(start, end)
    else if (this.#wanted) {
      const first = bytes[start] as number
      // Indentation, as a rule: beside CDATA or a comment it is a part of the text.
      if (first <= SPACE && bytes[end + 1] !== BANG && bytes[start - 1] === GT && isBlank(bytes, start, end)) return end
      this.#handler.text(bytes.toString(isAscii(this.#view, start, end) ? 'latin1' : 'utf8', start, end))
    }
    return end
  }

  /** Looks for each of the three only behind the place where it was found the last time. */
  #hasSpecial(start: number, end: number): boolean {
    if (this.#ampersand < start) this.#ampersand = placeOf(this.#bytes, AMPERSAND, start)
    if (this.#return < start) this.#return = placeOf(this.#bytes, RETURN, start)
    if (this.#bracket < start) this.#bracket = placeOf(this.#bytes, BRACKET, start)
    return this.#ampersand < end || this.#return < end || this.#bracket < end
  }

  /** A text with references, carriage returns or «]»: checked even where it is not wanted. */
  #specialText(start: number, end: number): void {
    const raw = this.#bytes.toString('utf8', start, end)
    if (raw.includes(']]>')) this.#break(start, 'это не XML («]]>» вне CDATA)')
    const text = this.#decode(start, () => decodeText(raw))
    if (this.#wanted) this.#handler.text(text)
  }

  #markup(start: number): number {
    const second = this.#bytes[start + 1]
    if (second === SLASH) return this.#closingTag(start)
    if (second === BANG) return this.#declaration(start)
    if (second === QUESTION) return this.#instruction(start)
    return second === undefined ? INCOMPLETE : this.#openingTag(start)
  }

  #openingTag(start: number): number {
    if (this.#rootSeen && this.#open.length === 0) this.#break(start, 'это не XML (второй корневой элемент)')
    const bytes = this.#bytes
    // Records are alike: what followed a tag the last time mostly follows it again.
    const expected = this.#previous.next
    if (expected && standsAt(this.#view, start + 1, expected) && bytes[start + 1 + expected.length] === GT) {
      this.#begin(start, expected, NO_ATTRIBUTES)
      return start + 2 + expected.length
    }
    const nameEnd = endOfName(bytes, start + 1)
    if (nameEnd === bytes.length) return INCOMPLETE
    const name = this.#names.find(bytes, start + 1, nameEnd)
    if (!name) return this.#break(start, 'это не XML (неверное имя элемента)')
    if (bytes[nameEnd] !== GT) return this.#restOfTag(start, nameEnd, name)
    this.#previous.next = name
    this.#begin(start, name, NO_ATTRIBUTES)
    return nameEnd + 1
  }

  /** What follows the name of an opening tag: attributes, and «>» or «/>». */
  #restOfTag(start: number, nameEnd: number, name: InternedName): number {
    const bytes = this.#bytes
    const attributes: Record<string, string> = {}
    const seen = new Set<string>()
    let at = nameEnd
    for (;;) {
      const before = at
      at = afterSpace(bytes, at)
      const byte = bytes[at]
      if (byte === undefined) return INCOMPLETE
      if (byte === GT) break
      if (byte === SLASH) {
        if (bytes[at + 1] === undefined) return INCOMPLETE
        if (bytes[at + 1] !== GT) this.#break(at, 'это не XML («/» не в конце тега)')
        break
      }
      if (at === before) this.#break(at, 'это не XML (нет пробела перед атрибутом)')
      const keyEnd = endOfName(bytes, at)
      const equals = afterSpace(bytes, keyEnd)
      if (bytes[equals] === undefined) return INCOMPLETE
      const key = this.#names.find(bytes, at, keyEnd)
      if (!key || bytes[equals] !== EQUALS) return this.#break(at, 'это не XML (неверный атрибут)')
      const opening = afterSpace(bytes, equals + 1)
      const quote = bytes[opening]
      if (quote === undefined) return INCOMPLETE
      if (quote !== 0x22 && quote !== 0x27) this.#break(at, 'это не XML (значение атрибута без кавычек)')
      const closing = bytes.indexOf(quote, opening + 1)
      if (closing < 0) return INCOMPLETE
      if (seen.has(key.full)) this.#break(at, `это не XML (атрибут «${key.full}» повторяется)`)
      seen.add(key.full)
      attributes[key.local] = this.#decode(at, () => decodeAttribute(bytes.toString('utf8', opening + 1, closing)))
      at = closing + 1
    }
    this.#begin(start, name, attributes)
    if (bytes[at] === GT) return at + 1
    this.#finish()
    return at + 2
  }

  #closingTag(start: number): number {
    const top = this.#open[this.#open.length - 1]
    if (!top) return this.#break(start, 'это не XML (закрывающий тег без открывающего)')
    const nameEnd = start + 2 + top.length
    const matches = standsAt(this.#view, start + 2, top)
    if (matches && this.#bytes[nameEnd] === GT) {
      this.#finish()
      return nameEnd + 1
    }
    const end = afterSpace(this.#bytes, nameEnd)
    // The name may be wrong already, but how it is wrong can wait until it is whole.
    if (this.#bytes[end] === undefined) return INCOMPLETE
    if (!matches || this.#bytes[end] !== GT)
      this.#break(start, `это не XML (элемент «${top.full}» закрыт не своим тегом)`)
    this.#finish()
    return end + 1
  }

  /** Comments, CDATA, and what is refused: document types. */
  #declaration(start: number): number {
    const bytes = this.#bytes
    const opening = bytes.toString('latin1', start, start + 9)
    if (opening.startsWith('<!--')) {
      const end = bytes.indexOf('--', start + 4)
      if (end < 0 || end + 2 >= bytes.length) return INCOMPLETE
      if (bytes[end + 2] !== GT) this.#break(end, 'это не XML («--» внутри комментария)')
      return end + 3
    }
    if (opening === '<![CDATA[') {
      if (this.#open.length === 0) this.#break(start, 'это не XML (текст вне корневого элемента)')
      const end = bytes.indexOf(']]>', start + 9)
      if (end < 0) return INCOMPLETE
      if (end - start > MAX_TOKEN_BYTES) this.#refuseLength()
      if (this.#wanted) this.#handler.text(bytes.toString('utf8', start + 9, end).replace(/\r\n?/g, '\n'))
      return end + 3
    }
    if (opening.length < 9 && ['<!DOCTYPE', '<![CDATA[', '<!--'].some((known) => known.startsWith(opening)))
      return INCOMPLETE
    if (opening === '<!DOCTYPE') this.#refuse(start, 'объявление DTD в выгрузке 1С не допускается')
    return this.#break(start, 'это не XML (неизвестное объявление)')
  }

  #instruction(start: number): number {
    const bytes = this.#bytes
    const end = bytes.indexOf('?>', start + 2)
    if (end < 0) return INCOMPLETE
    const targetEnd = Math.min(end, endOfName(bytes, start + 2))
    const target = this.#names.find(bytes, start + 2, targetEnd)
    if (
      !target ||
      /^xml$/i.test(target.full) ||
      (targetEnd < end && (bytes[targetEnd] as number) > SPACE && bytes[targetEnd] !== QUESTION)
    ) {
      this.#break(start, 'это не XML (неверная инструкция)')
    }
    return end + 2
  }

  #begin(at: number, name: InternedName, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length === MAX_DEPTH) this.#refuse(at, `вложенность больше ${MAX_DEPTH}`)
    this.#rootSeen = true
    this.#previous = name.opened
    this.#open.push(name)
    this.#wantedAround.push(this.#wanted)
    this.#wanted = this.#handler.open(name.local, attributes, this.#lineAt(at))
  }

  #finish(): void {
    const name = this.#open.pop() as InternedName
    this.#wanted = this.#wantedAround.pop() as boolean
    this.#previous = name.closed
    this.#handler.close(name.local)
  }

  /** What no document may hold anywhere, for all that has come: bytes that are no UTF-8, and forbidden characters. */
  #checkCharacters(end: number): void {
    if (!isUtf8(this.#bytes.subarray(this.#checked, end))) throw this.#notUtf8()
    // From two bytes back: a character may have been cut between two pieces.
    const start = Math.max(0, this.#checked - 2)
    const found = forbiddenAt(this.#bytes, this.#view, start, end)
    if (found >= 0) this.#break(found, 'это не XML (недопустимый символ)')
  }

  #decode(at: number, decode: () => string): string {
    try {
      return decode()
    } catch (error) {
      if (!(error instanceof XmlSyntaxError)) throw error
      return this.#break(at, `это не XML (${error.message})`)
    }
  }

  #lineAt(at: number): number {
    let newline = this.#bytes.indexOf(NEWLINE, this.#counted)
    while (newline >= 0 && newline < at) {
      this.#line++
      this.#column = 0
      this.#counted = newline + 1
      newline = this.#bytes.indexOf(NEWLINE, this.#counted)
    }
    return this.#line
  }

  /** Drops what is read, but keeps count of line and column. */
  #forget(read: number): void {
    this.#lineAt(read)
    this.#column += charactersIn(this.#bytes, this.#counted, read)
    this.#counted = 0
    this.#bytes = this.#bytes.subarray(read)
  }

  #break(at: number, why: string): never {
    const line = this.#lineAt(at)
    throw brokenFile(this.#file, line, this.#column + charactersIn(this.#bytes, this.#counted, at) + 1, why)
  }

  #refuse(at: number, why: string): never {
    throw new ExportError(`Файл ${this.#file}, строка ${this.#lineAt(at)}: ${why}. Ничего не изменено.`)
  }

  #refuseLength(): never {
    this.#refuse(0, `текст или тег длиннее ${MAX_TOKEN_BYTES / 1024 / 1024} МБ`)
  }

  #notUtf8(): ExportError {
    return new ExportError(
      `Файл ${this.#file} повреждён после строки ${this.#line}: в нём есть байты, которых не бывает в UTF-8. ` +
        'Ничего не изменено. Выгрузите файл из 1С заново и запустите импорт ещё раз.',
    )
  }
}

const XML_DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.[01]"|'1\.[01]')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/

/** Where the first character stands that XML has no place for: control characters but three; U+FFFE and U+FFFF. */
function forbiddenAt(bytes: Buffer, view: DataView, start: number, end: number): number {
  let at = start
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true)
    // Whether some of the four bytes is below 0x20: mostly none is.
    if (((word - 0x20202020) & ~word & 0x80808080) === 0) continue
    for (let i = at; i < at + 4; i++) if (isControl(view.getUint8(i))) return i
  }
  for (; at < end; at++) if (isControl(view.getUint8(at))) return at
  for (let i = bytes.indexOf(0xef, start); i >= 0 && i < end; i = bytes.indexOf(0xef, i + 1)) {
    if (bytes[i + 1] === 0xbf && (bytes[i + 2] ?? 0) >= 0xbe) return i
  }
  return -1
}

const isControl = (byte: number): boolean => byte < SPACE && byte !== TAB && byte !== NEWLINE && byte !== RETURN

/** Where the byte stands next; Infinity when it does not. */
function placeOf(bytes: Buffer, byte: number, from: number): number {
  const place = bytes.indexOf(byte, from)
  return place < 0 ? Number.POSITIVE_INFINITY : place
}

/** The end of what may be a name: up to a space or one of / > = < ?. */
function endOfName(bytes: Buffer, start: number): number {
  let at = start
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte <= SPACE || byte === GT || byte === SLASH || byte === EQUALS || byte === LT || byte === QUESTION) break
  }
  return at
}

/** Of the bytes up to the space only the four of XML's own are left, once forbidden characters are refused. */
function afterSpace(bytes: Buffer, start: number): number {
  let at = start
  while (at < bytes.length && (bytes[at] as number) <= SPACE) at++
  return at
}

const isBlank = (bytes: Buffer, start: number, end: number): boolean => afterSpace(bytes, start) >= end

function isAscii(view: DataView, start: number, end: number): boolean {
  let at = start
  for (; at + 4 <= end; at += 4) if ((view.getInt32(at, true) & 0x80808080) !== 0) return false
  for (; at < end; at++) if (view.getUint8(at) >= 0x80) return false
  return true
}

/** The length without a character whose last bytes are still to come. */
function withoutCutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** Characters of UTF-8: every byte but the continuing ones. */
function charactersIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (((bytes[at] as number) & 0xc0) !== 0x80) count++
  return count
}
