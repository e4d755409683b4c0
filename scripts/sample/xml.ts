const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const SPECIAL = /[&<>"]/
const ALL_SPECIAL = /[&<>"]/g

/** Text as it may stand between tags or in an attribute. */
export const escapeXml = (text: string): string =>
  // Nearly nothing needs it, and a search is much cheaper than a replacement.
  SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ENTITIES[character] ?? character) : text

/** One line with one value; an empty tag for '', nothing at all for undefined. */
export function line(indent: string, name: string, value: string | undefined): string {
  if (value === undefined) return ''
  return value === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>${escapeXml(value)}</${name}>\n`
}

/** Lines inside a tag of their own; nothing at all when there are none. */
export const block = (indent: string, name: string, lines: string): string =>
  lines === '' ? '' : `${indent}<${name}>\n${lines}${indent}</${name}>\n`
