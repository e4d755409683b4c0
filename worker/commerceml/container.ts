import type { ContainerRecord, RecordKind, SourceRecord } from './records'
import { idOf } from './values'

/** Elements under the root that say whether they speak for all or only for changes. */
const CONTAINERS = new Set([
  'Классификатор',
  'Каталог',
  'ПакетПредложений',
  'ИзмененияПакетаПредложений',
  'Контрагенты',
])

/** What is no record of a step. */
const NOT_HELD = new Set<SourceRecord['kind']>(['problem', 'container', 'gallery', 'unit'])

export const isContainer = (name: string): boolean => CONTAINERS.has(name)

/** An element under the root, while it is being read: whose it is, and whether it is complete. */
export class Container {
  readonly #name: string
  readonly #line: number
  readonly #held = new Set<RecordKind>()
  /** Its own fields: those come before its records. */
  readonly #fields = new Map<string, string>()

  constructor(name: string, attributes: Readonly<Record<string, string>>, line: number) {
    this.#name = name
    this.#line = line
    const flag = attributes.СодержитТолькоИзменения
    if (flag !== undefined) this.#fields.set('СодержитТолькоИзменения', flag)
  }

  /** Text of an element directly under it. */
  text(field: string, text: string): void {
    this.#fields.set(field, (this.#fields.get(field) ?? '') + text)
  }

  /** The id of the classifier or catalogue its records belong to. */
  get scopeId(): string | null {
    if (this.#name === 'Классификатор' || this.#name === 'Каталог') return idOf(this.#fields.get('Ид'))
    // A package of offers is about a catalogue; its own id is the catalogue's with a # at either end.
    return idOf(this.#fields.get('ИдКаталога')) ?? idOf(this.#fields.get('Ид')?.trim().replace(/^#|#$/g, ''))
  }

  holds(record: SourceRecord): void {
    // A catalogue that tells variants of some goods says nothing of the others'.
    if ((record.kind === 'offer' || record.kind === 'deletion') && record.fromGood) return
    if (record.kind === 'deletion') this.#held.add(record.of)
    else if (!NOT_HELD.has(record.kind)) this.#held.add(record.kind as RecordKind)
  }

  /** Only a part that says so itself is complete: everything else is taken for changes, which can do no harm. */
  end(): ContainerRecord {
    const flag = this.#fields.get('СодержитТолькоИзменения')?.trim() ?? ''
    const full = this.#name !== 'ИзмененияПакетаПредложений' && /^(?:false|0|нет|ложь)$/i.test(flag)
    return { kind: 'container', line: this.#line, scopeId: this.scopeId, full, holds: [...this.#held] }
  }
}
