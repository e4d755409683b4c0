import { SaxesParser } from 'saxes'
import { brokenFile, ExportError } from './export-error'

/** What a document is told as, element by element. Names are local: any namespace, any prefix (COMMERCEML.md §1). */
export interface XmlHandler {
  open(name: string, attributes: Record<string, string>, line: number): void
  text(text: string): void
  close(name: string): void
}

/** Elements nested deeper than this are refused. */
const MAX_DEPTH = 100
/** One text longer than this is refused, in characters. */
const MAX_TEXT = 1024 * 1024

export interface XmlReader {
  write(text: string): void
  /** Says that the document is complete: a truncated one throws here. */
  end(): void
}

/** A strict reader of one document. Malformed XML throws an ExportError with file, line and column. */
export function xmlReader(file: string, handler: XmlHandler): XmlReader {
  const parser = new SaxesParser({ position: true })
  let depth = 0
  const refuse = (why: string) => {
    throw new ExportError(`Файл ${file}, строка ${parser.line}: ${why}. Ничего не изменено.`)
  }
  parser.on('error', (error) => {
    throw brokenFile(file, parser.line, parser.column, inRussian(error.message))
  })
  parser.on('doctype', () => refuse('объявление DTD в выгрузке 1С не допускается'))
  parser.on('opentag', (tag) => {
    if (++depth > MAX_DEPTH) refuse(`вложенность больше ${MAX_DEPTH}`)
    handler.open(localName(tag.name), tag.attributes as Record<string, string>, parser.line)
  })
  const onText = (text: string) => {
    if (text.length > MAX_TEXT) refuse(`текст длиннее ${MAX_TEXT} символов`)
    handler.text(text)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', (tag) => {
    depth--
    handler.close(localName(tag.name))
  })
  return {
    write: (text) => void parser.write(text),
    end: () => void parser.close(),
  }
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The parser's own words, for what an operator meets most: a file that was cut off. */
function inRussian(message: string): string {
  const why = message.replace(/^\d+:\d+:\s*/, '')
  if (/^unclosed tag/.test(why)) return `файл обрывается: не закрыт элемент${why.replace('unclosed tag:', '')}`
  if (/unexpected end|document must contain a root/.test(why)) return 'файл обрывается'
  return `это не XML (${why})`
}
