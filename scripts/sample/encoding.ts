// Text → bytes, in the encodings that 1C writes.

export type Encoding = 'utf8' | 'utf8bom' | 'utf16' | 'cp1251'

export const ENCODINGS: readonly Encoding[] = ['utf8', 'utf8bom', 'utf16', 'cp1251']

/** What the XML declaration calls it. */
export const DECLARED: Record<Encoding, string> = {
  utf8: 'UTF-8',
  utf8bom: 'UTF-8',
  utf16: 'UTF-16',
  cp1251: 'windows-1251',
}

export const BOMS: Record<Encoding, Uint8Array> = {
  utf8: new Uint8Array(),
  utf8bom: new Uint8Array([0xef, 0xbb, 0xbf]),
  utf16: new Uint8Array([0xff, 0xfe]),
  cp1251: new Uint8Array(),
}

/** Bytes of a text that is whole: no half of a surrogate pair stands at its ends. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf16') return Buffer.from(text, 'utf16le')
  return encoding === 'cp1251' ? toCp1251(text) : Buffer.from(text)
}

/** Windows-1251 by character: the decoder's table, turned round. */
const CP1251 = new Map(
  [...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
    (character, byte) => [character, byte],
  ),
)

/** What the encoding does not have is written as a character reference, as XML wants it. */
function toCp1251(text: string): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const byte = CP1251.get(character)
    if (byte !== undefined) bytes.push(byte)
    else bytes.push(...Buffer.from(`&#${character.codePointAt(0)};`, 'latin1'))
  }
  return Buffer.from(bytes)
}
