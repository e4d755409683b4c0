/** What is not well-formed, in a few words. */
export class XmlSyntaxError extends Error {
  override name = 'XmlSyntaxError'
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** A text as it stands in the document → what it says. */
export const decodeText = (raw: string): string => decodeReferences(raw.replace(/\r\n?/g, '\n'))

/** The value of an attribute as it stands between its quotes → what it says. */
export function decodeAttribute(raw: string): string {
  if (raw.includes('<')) throw new XmlSyntaxError('«<» в значении атрибута')
  return decodeReferences(raw.replace(/\r\n?|[\t\n]/g, ' '))
}

const decodeReferences = (text: string): string =>
  text.includes('&')
    ? text.replace(/&([^&;]*)(;?)/g, (_all, name: string, end: string) => decodeReference(name, end))
    : text

function decodeReference(name: string, end: string): string {
  if (end === '') throw new XmlSyntaxError('«&» без имени сущности')
  const known = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined
  if (known !== undefined) return known
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
  if (!digits) throw new XmlSyntaxError(`неизвестная сущность «&${name.slice(0, 20)};»`)
  const code = digits[1] ? Number.parseInt(digits[1], 16) : Number(digits[2])
  if (!isXmlCharacter(code)) throw new XmlSyntaxError('ссылка на недопустимый символ')
  return String.fromCodePoint(code)
}

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)
