/** Slots for texts that come again, and the longest one that is kept, in bytes. */
const SLOTS = 1024
const SLOT_BYTES = 64

/** Makes strings of texts. */
export class TextCache {
  /** What is being read, a character for each byte: of ASCII, a part of it is the text. */
  source = ''
  readonly #strings = new Array<string>(SLOTS).fill('')
  readonly #lengths = new Uint8Array(SLOTS)
  readonly #bytes = new Uint8Array(SLOTS * SLOT_BYTES)

  ascii(start: number, end: number): string {
    return this.source.slice(start, end)
  }

  /** Names of properties, units, currencies: a text that came before is the same string (twice as fast as making it). */
  utf8(bytes: Buffer, start: number, end: number): string {
    const length = end - start
    if (length > SLOT_BYTES) return bytes.toString('utf8', start, end)
    let hash = length
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1)
    const kept = slot * SLOT_BYTES
    let same = this.#lengths[slot] === length
    for (let i = 0; same && i < length; i++) same = this.#bytes[kept + i] === bytes[start + i]
    if (same) return this.#strings[slot] as string
    const text = bytes.toString('utf8', start, end)
    this.#strings[slot] = text
    this.#lengths[slot] = length
    this.#bytes.set(bytes.subarray(start, end), kept)
    return text
  }
}
