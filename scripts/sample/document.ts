// The frame of an export's files: root, classifier, catalogue, package of offers. What differs between the versions of
// CommerceML is in `Version`; the XML declaration is the encoding's business (output.ts).
import type { Export } from '@/scripts/sample/model'
import { escapeXml } from '@/scripts/sample/xml'

export interface Version {
  number: string
  namespace: string
}

export const VERSION_3_1: Version = { number: '3.1', namespace: 'urn:1C.ru:commerceml_3' }
export const VERSION_2_09: Version = { number: '2.09', namespace: 'urn:1C.ru:commerceml_2' }
export const VERSION_2_07: Version = { number: '2.07', namespace: 'urn:1C.ru:commerceml_2' }

const SCHEMAS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** The root with what is in it. */
export function* root(
  { number, namespace }: Version,
  { writtenAt }: Pick<Export, 'writtenAt'>,
  ...body: Iterable<string>[]
): Generator<string> {
  yield `<КоммерческаяИнформация xmlns="${namespace}" ${SCHEMAS} ВерсияСхемы="${number}" ДатаФормирования="${writtenAt}" Ид="Обмен с сайтом">\n`
  for (const part of body) yield* part
  yield '</КоммерческаяИнформация>'
}

const onlyChanges = ({ delta }: Export) => `СодержитТолькоИзменения="${delta}"`

/** A list of elements, two levels down. */
export function* list(name: string, elements: Iterable<string>): Generator<string> {
  yield `\t\t<${name}>\n`
  yield* elements
  yield `\t\t</${name}>\n`
}

export function* each<T>(items: Iterable<T>, element: (item: T) => string): Generator<string> {
  for (const item of items) yield element(item)
}

/** The rows of each offer together: those that stand together are one element. */
export function* byOffer<T extends { offerId: string }>(rows: Iterable<T>): Generator<[string, readonly T[]]> {
  let together: T[] = []
  for (const row of rows) {
    const offerId = together[0]?.offerId
    if (offerId !== undefined && offerId !== row.offerId) {
      yield [offerId, together]
      together = []
    }
    together.push(row)
  }
  if (together[0]) yield [together[0].offerId, together]
}

/** Says which catalogue the classifier beside it belongs to. */
export function* catalogueHead(model: Export): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<Каталог ${onlyChanges(model)}>\n\t\t<Ид>${id}</Ид>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n` +
    '\t\t<Наименование>Товары 1С</Наименование>\n\t\t<Описание>Товары 1С</Описание>\n\t</Каталог>\n'
}

export function* classifier(model: Export, ...lists: Iterable<string>[]): Generator<string> {
  yield `\t<Классификатор ${onlyChanges(model)}>\n\t\t<Ид>${escapeXml(model.catalogueId)}</Ид>\n`
  yield '\t\t<Наименование>Товары 1С</Наименование>\n'
  for (const each of lists) yield* each
  yield '\t</Классификатор>\n'
}

export function* catalogue(model: Export, elements: Iterable<string>): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<Каталог ${onlyChanges(model)}>\n\t\t<Ид>${id}</Ид>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n`
  yield '\t\t<Наименование>Товары 1С</Наименование>\n'
  yield* list('Товары', elements)
  yield '\t\t<Описание>Товары 1С</Описание>\n\t</Каталог>\n'
}

export function* offerPack(model: Export, ...lists: Iterable<string>[]): Generator<string> {
  const id = escapeXml(model.catalogueId)
  yield `\t<ПакетПредложений ${onlyChanges(model)}>\n\t\t<Ид>#${id}</Ид>\n` +
    '\t\t<Наименование>Пакет предложений (Товары 1С)</Наименование>\n' +
    `\t\t<ИдКаталога>${id}</ИдКаталога>\n\t\t<ИдКлассификатора>${id}</ИдКлассификатора>\n`
  for (const each of lists) yield* each
  yield '\t</ПакетПредложений>\n'
}

export function* customerList(model: Export, elements: Iterable<string>): Generator<string> {
  yield `\t<Контрагенты ${onlyChanges(model)}>\n`
  yield* elements
  yield '\t</Контрагенты>\n'
}

/** Only where there is something to list. */
export const listIf = (name: string, elements: Iterable<string> | undefined): Iterable<string>[] =>
  elements ? [list(name, elements)] : []
