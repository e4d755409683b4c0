import { readGroup, readPriceType, readProperty, readPropertyValue, readUnit, readWarehouse } from './classifier'
import { Container, isContainer } from './container'
import { readCustomer } from './customer'
import { addChild, type Element, newElement } from './element'
import { ExportError, refusedFile } from './export-error'
import { readGoodAndParts } from './good'
import { readOffer } from './offer'
import type { SourceRecord } from './records'
import { MAX_TOKEN_BYTES, type Wanted, type XmlHandler } from './xml'

/** An element that becomes records, while it is being read. */
interface Capture {
  element: Element
  read: Read
  /** Place among the captures of the file, in order of appearance. */
  seq: number
  /** The capture around it: the group of a group, the property of a value. */
  around: Capture | null
}

type Read = (capture: Capture, scopeId: string | null) => SourceRecord[]

/** element → its parent → what it is read into. */
const CAPTURED = new Map<string, Map<string, Read>>()
const capture = (parent: string, name: string, read: Read) =>
  CAPTURED.set(name, new Map([...(CAPTURED.get(name) ?? []), [parent, read]]))

capture('Группы', 'Группа', ({ element, seq, around }, scopeId) => [
  readGroup(element, around, { seq, parentSeq: around?.seq ?? null, scopeId }),
])
capture('Свойства', 'Свойство', ({ element, seq }) => [readProperty(element, seq)])
capture('Свойства', 'СвойствоНоменклатуры', ({ element, seq }) => [readProperty(element, seq)])
capture('ВариантыЗначений', 'Справочник', ({ element, around }) =>
  around ? [readPropertyValue(element, around.seq)] : [],
)
capture('ТипыЦен', 'ТипЦены', ({ element }) => [readPriceType(element)])
capture('Склады', 'Склад', ({ element }) => [readWarehouse(element)])
capture('ЕдиницыИзмерения', 'ЕдиницаИзмерения', ({ element }) => readUnit(element))
capture('Товары', 'Товар', ({ element }, scopeId) => readGoodAndParts(element, scopeId))
capture('Предложения', 'Предложение', ({ element }, scopeId) => readOffer(element, scopeId))
capture('Контрагенты', 'Контрагент', ({ element }) => readCustomer(element))

/** Captures that may stand inside another one and are records of their own there: what → inside what. */
const NESTED = new Map([
  ['Группа', ['Группа']],
  ['Справочник', ['Свойство', 'СвойствоНоменклатуры']],
])

/** Parts of a record that nobody reads, wherever they stand; well-formed they have to be all the same. */
const IGNORED = new Set([
  'НомерВерсии',
  'Налог',
  'КодГруппыТоваров',
  'Ширина',
  'Длина',
  'Высота',
  'Внешний',
  'Информационное',
])

/** Parts of which it counts only that they are there, and what they stand in. */
const EMPTIED = new Map([
  ['Представление', 'Цена'],
  ['ЗначенияСвойств', 'Предложение'],
])

/** What has its id in an attribute in CommerceML 1, and never in version 2. */
const VERSION_1 = new Set(['Каталог', 'Товар', 'Группа', 'Свойство', 'ПакетПредложений', 'Предложение'])

/** Turns the elements of a document into records, as they close. */
export class RecordCollector implements XmlHandler {
  readonly #file: string
  /** Names of the open elements. */
  readonly #path: string[] = []
  /** The open elements of the captures, innermost last. */
  readonly #open: Element[] = []
  #capture: Capture | null = null
  #container: Container | null = null
  /** A container of order documents: their goods and partners are not the catalogue's, as those of any document. */
  #inDocument = false
  #records: SourceRecord[] = []
  #seq = 0

  constructor(file: string) {
    this.#file = file
  }

  add(record: SourceRecord): void {
    this.#records.push(record)
  }

  /** The records since the last call. */
  take(): SourceRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number): Wanted {
    const parent = this.#path[this.#path.length - 1] ?? ''
    const depth = this.#path.push(name)
    if (this.#capture && IGNORED.has(name)) {
      this.#open.push(newElement(name, attributes, line))
      return 'nothing'
    }
    if (depth === 2) this.#beginPart(name, attributes, line)
    if (this.#inDocument || (name === 'Документ' && !this.#capture)) return 'nothing'
    if (attributes.Идентификатор !== undefined || attributes.ИдентификаторТовара !== undefined)
      this.#refuseVersion1(name)
    const read = this.#mayCapture(name) ? CAPTURED.get(name)?.get(parent) : undefined
    if (read) {
      const element = newElement(name, attributes, line)
      this.#capture = { element, read, seq: this.#seq++, around: this.#capture }
      this.#open.push(element)
      return 'text'
    }
    const around = this.#open[this.#open.length - 1]
    // Outside of records only the container's own fields say something.
    if (!this.#capture || !around) return depth === 3 && this.#container !== null ? 'text' : 'elements'
    const element = newElement(name, attributes, line)
    addChild(around, element)
    this.#open.push(element)
    return EMPTIED.get(name) === parent ? 'nothing' : 'text'
  }

  text(text: string): void {
    const element = this.#capture ? this.#open[this.#open.length - 1] : undefined
    if (!element) this.#container?.text(this.#path[2] ?? '', text)
    else if (element.text.length + text.length <= MAX_TOKEN_BYTES) element.text += text
    else
      throw refusedFile(this.#file, element.line, {
        key: 'xml.length',
        values: { limit: MAX_TOKEN_BYTES / 1024 / 1024 },
      })
  }

  close(): void {
    const depth = this.#path.length
    this.#path.pop()
    if (this.#capture) {
      if (this.#open.pop() === this.#capture.element) this.#endCapture(this.#capture)
    } else if (depth === 2) this.#endPart()
  }

  #beginPart(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    this.#inDocument = name === 'Контейнер'
    if (isContainer(name)) this.#container = new Container(name, attributes, line)
  }

  #endPart(): void {
    if (this.#container) this.add(this.#container.end())
    this.#container = null
    this.#inDocument = false
  }

  #endCapture(ended: Capture): void {
    for (const record of ended.read(ended, this.#container?.scopeId ?? null)) {
      this.#container?.holds(record)
      this.add(record)
    }
    this.#capture = ended.around
  }

  #mayCapture(name: string): boolean {
    return this.#capture === null || (NESTED.get(name)?.includes(this.#capture.element.name) ?? false)
  }

  #refuseVersion1(name: string): void {
    if (!VERSION_1.has(name)) return
    throw new ExportError({ key: 'file.version1', values: { file: this.#file } })
  }
}
