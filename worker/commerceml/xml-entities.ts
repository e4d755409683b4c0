import type { Sentence, XmlFault } from './sentence'

/** What is not well-formed. */
export class XmlSyntaxError extends Error {
  override name = 'XmlSyntaxError'
  readonly fault: XmlFault
  readonly values: Sentence['values']

  constructor(fault: XmlFault, values?: Sentence['values']) {
    super(fault)
    this.fault = fault
    this.values = values
  }
}

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** A text as it stands in the document → what it says. */
export const decodeText = (raw: string): string => decodeReferences(raw.replace(/\r\n?/g, '\n'))

/** The value of an attribute as it stands between its quotes → what it says. */
export function decodeAttribute(raw: string): string {
  if (raw.includes('<')) throw new XmlSyntaxError('lessThan')
  return decodeReferences(raw.replace(/\r\n?|[\t\n]/g, ' '))
}

/** By hand, not by an expression: descriptions are HTML, and every tag in them is two references (twice as fast). */
function decodeReferences(text: string): string {
  let decoded = ''
  let at = 0
  for (let start = text.indexOf('&'); start >= 0; start = text.indexOf('&', at)) {
    const end = text.indexOf(';', start)
    const name = text.slice(start + 1, end < 0 ? undefined : end)
    if (end < 0 || name.includes('&')) throw new XmlSyntaxError('ampersand')
    decoded += text.slice(at, start) + (PREDEFINED.get(name) ?? characterOf(name))
    at = end + 1
  }
  return at === 0 ? text : decoded + text.slice(at)
}

function characterOf(name: string): string {
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name)
  if (!digits) throw new XmlSyntaxError('entity', { entity: name.slice(0, 20) })
  const code = digits[1] ? Number.parseInt(digits[1], 16) : Number(digits[2])
  if (!isXmlCharacter(code)) throw new XmlSyntaxError('reference')
  return String.fromCodePoint(code)
}

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)
