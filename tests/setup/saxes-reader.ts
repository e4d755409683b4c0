import { SaxesParser } from 'saxes'
import { MAX_DEPTH, MAX_TOKEN_BYTES, type Wanted, type XmlHandler } from '@/worker/commerceml/xml'

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The judge of our own reader: saxes with the same limits and the same ban on document types, telling the same. */
export class SaxesReader {
  readonly #parser = new SaxesParser({ position: true })
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #depth = 0

  constructor(_file: string, handler: XmlHandler) {
    const wanted: Wanted[] = ['elements']
    const refuse = (why: string) => {
      throw new Error(why)
    }
    this.#parser.on('error', (error) => {
      throw error
    })
    this.#parser.on('doctype', () => refuse('doctype'))
    this.#parser.on('opentag', (tag) => {
      if (++this.#depth > MAX_DEPTH) refuse('depth')
      const attributes = Object.entries(tag.attributes as Record<string, string>)
      wanted.push(
        wanted.at(-1) === 'nothing'
          ? 'nothing'
          : handler.open(
              localName(tag.name),
              Object.fromEntries(attributes.map(([name, value]) => [localName(name), value])),
              this.#parser.line,
            ),
      )
    })
    const onText = (text: string) => {
      if (Buffer.byteLength(text) > MAX_TOKEN_BYTES) refuse('length')
      if (wanted.at(-1) === 'text') handler.text(text)
    }
    this.#parser.on('text', onText)
    this.#parser.on('cdata', onText)
    this.#parser.on('closetag', (tag) => {
      this.#depth--
      wanted.pop()
      if (wanted.at(-1) !== 'nothing') handler.close(localName(tag.name))
    })
  }

  write(piece: Buffer): void {
    this.#parser.write(this.#decoder.decode(piece, { stream: true }))
  }

  end(): void {
    this.#parser.write(this.#decoder.decode())
    this.#parser.close()
  }
}
