import path from 'node:path'
import { readGroup, readPriceType, readProperty, readPropertyValue, readWarehouse } from './classifier'
import { Container, isContainer } from './container'
import { readCustomer } from './customer'
import { decodeFile } from './decode'
import type { Element } from './element'
import { ExportError } from './export-error'
import { readGoodAndParts } from './good'
import { readOffer } from './offer'
import type { ProblemRecord, SourceRecord } from './records'
import { type XmlHandler, xmlReader } from './xml'

/** What a piece of a file held. */
export interface Batch {
  records: SourceRecord[]
  /** How many bytes of the file it took. */
  bytes: number
}

/**
 * Reads one file of an export as a stream: pieces of at most 256 KB become the records that end in them.
 * The reader goes on only when asked for the next batch, so memory does not grow with the file.
 * A file that is malformed, cut off or not CommerceML 2 throws an ExportError.
 */
export async function* readFile(directory: string, file: string): AsyncGenerator<Batch> {
  const collector = new RecordCollector(file)
  const reader = xmlReader(file, collector)
  const onMismatch = (declared: string, actual: string) => collector.add(encodingMismatch(declared, actual))
  for await (const { text, bytes } of decodeFile(path.join(directory, file), file, onMismatch)) {
    reader.write(text)
    yield { records: collector.take(), bytes }
  }
  reader.end()
  yield { records: collector.take(), bytes: 0 }
}

const encodingMismatch = (declared: string, actual: string): ProblemRecord => ({
  kind: 'problem',
  of: null,
  severity: 'warning',
  code: 'encoding_mismatch',
  line: 1,
  externalId: null,
  field: null,
  message: `В файле объявлена кодировка ${declared}, но записан он в ${actual}; прочитан как ${actual}. Проверьте настройку выгрузки в 1С.`,
})

/** An element that becomes records, and where it is while it is being read. */
interface Capture extends Element {
  /** Place among the groups and properties of the file, in order of appearance. */
  seq: number
  /** The capture around it: the group of a group, the property of a value. */
  around: Capture | null
}

/** parent/element → what it is read into. */
const CAPTURED: Record<string, (element: Capture, scopeId: string | null) => SourceRecord[]> = {
  'Группы/Группа': (element, scopeId) => [
    readGroup(element, { seq: element.seq, parentSeq: element.around?.seq ?? null, scopeId }),
  ],
  'Свойства/Свойство': (element) => [readProperty(element, element.seq)],
  'Свойства/СвойствоНоменклатуры': (element) => [readProperty(element, element.seq)],
  'ВариантыЗначений/Справочник': (element) => (element.around ? [readPropertyValue(element, element.around.seq)] : []),
  'ТипыЦен/ТипЦены': (element) => [readPriceType(element)],
  'Склады/Склад': (element) => [readWarehouse(element)],
  'Товары/Товар': readGoodAndParts,
  'Предложения/Предложение': readOffer,
  'Контрагенты/Контрагент': readCustomer,
}
/** Captures that may stand inside another one, and are records of their own there: a group of any depth has its own record. */
const NESTED: Record<string, string> = { 'Группы/Группа': 'Группа', 'ВариантыЗначений/Справочник': 'Свойство' }

class RecordCollector implements XmlHandler {
  readonly #file: string
  /** Names of the open elements. */
  readonly #path: string[] = []
  /** The open elements of the captures, innermost last. */
  readonly #open: (Element | Capture)[] = []
  #capture: Capture | null = null
  #container: Container | null = null
  #records: SourceRecord[] = []
  #seq = 0

  constructor(file: string) {
    this.#file = file
  }

  add(record: SourceRecord): void {
    this.#records.push(record)
  }

  take(): SourceRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }

  open(name: string, attributes: Record<string, string>, line: number): void {
    const place = `${this.#path.at(-1) ?? ''}/${name}`
    this.#path.push(name)
    if (this.#path[1] === 'Документ') return
    if (attributes.Идентификатор !== undefined && (name === 'Каталог' || name === 'Товар' || name === 'Группа')) {
      throw new ExportError(`Файл ${this.#file}: CommerceML 1.x не поддерживается. Выгрузите данные в CommerceML 2.`)
    }
    if (this.#path.length === 2 && isContainer(name)) this.#container = new Container(name, attributes, line)
    const element: Element = { name, attributes, line, text: '', children: [] }
    if (this.#startsCapture(place)) {
      this.#capture = Object.assign(element, { seq: this.#seq++, around: this.#capture })
    } else if (this.#capture) {
      this.#open.at(-1)?.children.push(element)
    } else {
      return
    }
    this.#open.push(element)
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    if (element) element.text += text
    else if (this.#path.length === 3) this.#container?.text(this.#path[2] ?? '', text)
  }

  close(): void {
    const depth = this.#path.length
    const place = `${this.#path[depth - 2] ?? ''}/${this.#path[depth - 1]}`
    this.#path.pop()
    if (this.#capture) {
      if (this.#open.pop() === this.#capture) this.#endCapture(place, this.#capture)
    } else if (depth === 2 && this.#container) {
      this.add(this.#container.end())
      this.#container = null
    }
  }

  #endCapture(place: string, capture: Capture): void {
    for (const record of CAPTURED[place]?.(capture, this.#container?.scopeId ?? null) ?? []) {
      this.#container?.holds(record)
      this.add(record)
    }
    this.#capture = capture.around
  }

  #startsCapture(place: string): boolean {
    if (!Object.hasOwn(CAPTURED, place)) return false
    return this.#capture ? NESTED[place] !== undefined && this.#capture.name.startsWith(NESTED[place]) : true
  }
}
