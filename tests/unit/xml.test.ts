import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inRussian } from '@/lib/imports/in-russian'
import {
  customer,
  good,
  group,
  offer,
  price,
  priceType,
  property,
  stock,
  warehouse,
  writeExport,
} from '@/tests/fixtures/export'
import { SaxesReader } from '@/tests/setup/saxes-reader'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { RecordCollector } from '@/worker/commerceml/collector'
import type { ExportError } from '@/worker/commerceml/export-error'
import type { SourceRecord } from '@/worker/commerceml/records'
import { type Wanted, XmlReader } from '@/worker/commerceml/xml'

/** Mutations tried of each document; more by FUZZ_RUNS. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400)

type Told = string[] | 'refused'

/** What a reader tells of a document: every element, attribute and text, but for blank text between tags. */
function told(
  Reader: typeof XmlReader | typeof SaxesReader,
  document: Buffer,
  pieces: number[] = [],
  wanted: Wanted = 'text',
): Told {
  const events: string[] = []
  let text = ''
  const flush = () => {
    if (text.trim() !== '') events.push(`text ${text}`)
    text = ''
  }
  const reader = new Reader('file.xml', {
    open(name, attributes, line) {
      flush()
      events.push(`open ${name} ${JSON.stringify(attributes)} ${line}`)
      return wanted
    },
    text(part) {
      text += part
    },
    close(name) {
      flush()
      events.push(`close ${name}`)
    },
  })
  try {
    let at = 0
    for (const size of pieces) {
      reader.write(document.subarray(at, at + size))
      at += size
    }
    reader.write(document.subarray(at))
    reader.end()
    return events
  } catch {
    return 'refused'
  }
}

/** saxes counts a line more at a tag that ends on one; what matters is where the tag is. */
const withoutLines = (events: Told): Told =>
  events === 'refused' ? events : events.map((event) => event.replace(/ \d+$/, ''))

async function documents(): Promise<Buffer[]> {
  const directory = temporaryDirectory()
  await writeExport(directory, {
    groups: [group({ id: 'a', name: 'Ё & <К>', children: [group({ id: 'b' })] })],
    properties: [property({ id: 'p', values: [{ id: 'v', value: '10"' }] })],
    goods: [good({ id: 'g', description: '<b>жирно</b> & \u{1f3c0} «ok»\r\n\tконец', groupIds: ['b'] })],
    offers: [offer({ id: 'g#1', characteristics: [{ name: 'Размер', value: '42' }] })],
    prices: [price({ offerId: 'g#1', priceTypeId: 't', value: '1 234,50' })],
    stock: [stock({ offerId: 'g#1', warehouseId: 'w' })],
    priceTypes: [priceType({ id: 't' })],
    warehouses: [warehouse({ id: 'w' })],
    units: [{ id: '796 ', shortName: 'шт', fullName: 'Штука' }],
    customers: [customer({ id: 'c', email: 'a@example.com', address: 'г. Заозёрск' })],
  })
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))
  return files.map((name) => readFileSync(path.join(directory, name)))
}

const HANDMADE = [
  '<a/>',
  '<a></a>',
  '<a b="1" c=\'2\'/>',
  '<a b="1" b="2"/>',
  '<a b="&lt;&#1078;&#x436;"/>',
  '<a b="<"/>',
  '<a b=1/>',
  '<a b/>',
  '<a b="1"c="2"/>',
  '<a>&amp;&quot;&apos;&gt;</a>',
  '<a>&nbsp;</a>',
  '<a>&</a>',
  '<a>&#0;</a>',
  '<a>&#xD800;</a>',
  '<a>&#x110000;</a>',
  '<a>& b</a>',
  '<a>&lt</a>',
  '<a>]]></a>',
  '<a>]]&gt;</a>',
  '<a><![CDATA[x ]] > <b>]]></a>',
  '<a><![CDATA[x]]></a>',
  '<![CDATA[x]]><a/>',
  '<a><![CDATA[x</a>',
  '<a><!-- b --></a>',
  '<a><!-- b -- c --></a>',
  '<a><!-- b ---></a>',
  '<!-- b --><a/><!-- c -->',
  '<a><!- b --></a>',
  '<a/><!--',
  '<?xml version="1.0"?><a/>',
  ' <?xml version="1.0"?><a/>',
  '<?xml version="2.0"?><a/>',
  '<?xml encoding="utf-8"?><a/>',
  '<?xml version="1.0" standalone="yes"?><a/>',
  '<?php x ?><a/>',
  '<a><?x?></a>',
  '<a><?xml y?></a>',
  '<a><? x?></a>',
  '<?xml-stylesheet href="x"?><a/>',
  '<a></b>',
  '<a><b></a></b>',
  '<a>',
  '</a>',
  '<a/><b/>',
  '<a/>text',
  'text<a/>',
  '',
  '   ',
  '<a/>  \n',
  '<a',
  '<a ',
  '<a b',
  '<a b=',
  '<a b="',
  '<a/',
  '<',
  '<>',
  '< a/>',
  '<a//>',
  '<a / >',
  '<1a/>',
  '<a\u00d7/>',
  '<ы:б/>',
  '<a >x</a >',
  '<a\n>x</a\n>',
  '<a>x</a b>',
  '<a>x</ a>',
  '<a>\u0000</a>',
  '<a>\u0001</a>',
  '<a>\ufffe</a>',
  '<a>\uffff</a>',
  '<a\u0001/>',
  '<a b="\u0002"/>',
  '<!-- \u0003 --><a/>',
  '<a>x\r\ny\rz</a>',
  '<a b="x\r\ny\tz\n"/>',
  '\ufeff<a/>',
  '\ufeff\ufeff<a/>',
  '<a>\ufeff</a>',
  '<!DOCTYPE a><a/>',
  '<a><!DOCTYPE b></a>',
  '<!doctype a><a/>',
  '<!ELEMENT a><a/>',
  `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
  `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`,
  `<a>${'x'.repeat(1024 * 1024)}</a>`,
  `<a>${'x'.repeat(1024 * 1024 + 1)}</a>`,
]

describe('our reader beside saxes', () => {
  test.each(HANDMADE.map((document) => [document.slice(0, 60), document] as const))(
    'tells and refuses the same of %j',
    (_short, document) => {
      const bytes = Buffer.from(document)
      expect(withoutLines(told(XmlReader, bytes))).toEqual(withoutLines(told(SaxesReader, bytes)))
    },
  )

  test.each([
    [[0xff]],
    [[0xc3]],
    [[0xc3, 0x28]],
    [[0xed, 0xa0, 0x80]],
    [[0xf4, 0x90, 0x80, 0x80]],
    [[0xe2, 0x82]],
    [[0xc0, 0x80]],
  ])('refuses the bytes %j, which are no UTF-8', (bad) => {
    const bytes = Buffer.concat([Buffer.from('<a>'), Buffer.from(bad), Buffer.from('</a>')])
    expect(told(XmlReader, bytes)).toBe('refused')
    expect(told(SaxesReader, bytes)).toBe('refused')
  })

  test('tells the same of every mutation of an export', async () => {
    for (const document of await documents()) {
      const mutation = fc.record({
        at: fc.nat(document.length - 1),
        length: fc.nat(12),
        insert: fc.oneof(
          fc.constantFrom(
            '<',
            '>',
            '&',
            ']]>',
            '<!--',
            '-->',
            '<![CDATA[',
            '/',
            '"',
            '\u0000',
            '</',
            '&#1;',
            '<?xml ?>',
            '\r\n',
            '<Ид>',
            '</Ид>',
          ),
          fc.string({ maxLength: 4 }),
        ),
        cut: fc.boolean(),
      })
      fc.assert(
        fc.property(mutation, ({ at, length, insert, cut }) => {
          const mutated = Buffer.concat([
            document.subarray(0, at),
            Buffer.from(insert),
            cut ? Buffer.alloc(0) : document.subarray(at + length),
          ])
          expect(withoutLines(told(XmlReader, mutated))).toEqual(withoutLines(told(SaxesReader, mutated)))
          // What nobody wants is refused no less.
          expect(withoutLines(told(XmlReader, mutated, [], 'nothing'))).toEqual(
            withoutLines(told(SaxesReader, mutated, [], 'nothing')),
          )
        }),
        { numRuns: RUNS },
      )
    }
  }, 60_000)
})

describe('a file that comes in pieces', () => {
  test('tells the same, with the same lines, wherever it is cut', async () => {
    for (const document of [
      ...(await documents()),
      ...HANDMADE.filter(({ length }) => length < 200).map((text) => Buffer.from(text)),
    ]) {
      const whole = told(XmlReader, document)
      for (const size of [1, 2, 3, 5, 7, 64]) {
        expect(told(XmlReader, document, new Array(Math.ceil(document.length / size)).fill(size))).toEqual(whole)
      }
    }
  })

  test('gives the same records as whole', async () => {
    const records = (Reader: typeof XmlReader | typeof SaxesReader, document: Buffer, size: number): SourceRecord[] => {
      const collector = new RecordCollector('file.xml')
      const reader = new Reader('file.xml', collector)
      for (let at = 0; at < document.length; at += size) reader.write(document.subarray(at, at + size))
      reader.end()
      return collector.take()
    }
    for (const document of await documents()) {
      const whole = records(XmlReader, document, document.length)
      expect(whole.length).toBeGreaterThan(0)
      for (const size of [1, 2, 3, 4, 5, 11]) expect(records(XmlReader, document, size)).toEqual(whole)
      const dropLine = (all: SourceRecord[]) => all.map((record) => ({ ...record, line: 0 }))
      expect(dropLine(records(SaxesReader, document, document.length))).toEqual(dropLine(whole))
    }
  })
})

describe('a refusal', () => {
  test.each([
    ['<a>\n<b>\n</a>', 'строка 3, столбец 1', 'элемент «b» закрыт не своим тегом'],
    ['<a>\n  <б>текст', 'строка 2, столбец 11', 'не закрыт элемент «б»'],
    ['<a>\nж & ж</a>', 'строка 1', '«&» без имени сущности'],
    ['<a>\n\n\u0001</a>', 'строка 3, столбец 1', 'недопустимый символ'],
  ])('of %j says where and why', (document, where, why) => {
    const refusalOf = (pieces: number): string => {
      const reader = new XmlReader('goods.xml', { open: () => 'text', text: () => {}, close: () => {} })
      const bytes = Buffer.from(document)
      try {
        for (let at = 0; at < bytes.length; at += pieces) reader.write(bytes.subarray(at, at + pieces))
        reader.end()
      } catch (error) {
        return inRussian((error as ExportError).sentence)
      }
      return 'it was read'
    }
    for (const pieces of [1000, 1])
      for (const part of [where, why, 'goods.xml']) expect(refusalOf(pieces)).toContain(part)
  })
})
