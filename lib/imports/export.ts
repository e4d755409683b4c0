import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ContentKind } from '@/lib/imports/types'

export interface ExportFile {
  /** Path inside the export, with forward slashes. */
  name: string
  /** Bytes. */
  size: number
  modifiedAt: Date
  /** What its beginning shows it to hold. */
  contents: ContentKind[]
  /** Whether something else may follow behind the beginning: only a classifier was seen, and the file goes on. */
  mayHoldMore: boolean
}

export interface ExportSummary {
  files: ExportFile[]
  /** The newest file's time: when the export was written. */
  writtenAt: Date | null
}

/** How much of a file is looked at to tell what it holds, in bytes. */
const HEAD_BYTES = 64 * 1024

/**
 * What lies in an export: its XML files in the order they are read, each with what it holds by content
 * (COMMERCEML.md §3). Null when the directory does not exist or cannot be read.
 */
export async function inspectExport(directory: string): Promise<ExportSummary | null> {
  let names: string[]
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    names = entries
      .filter((entry) => entry.isFile() && /\.xml$/i.test(entry.name))
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((name) => !name.split('/').includes('import_files'))
  } catch {
    return null
  }
  // Parts in numeric order: _2_ before _10_.
  names.sort(new Intl.Collator('ru', { numeric: true }).compare)
  const files: ExportFile[] = []
  for (const name of names) {
    const file = await inspectFile(directory, name)
    if (file) files.push(file)
  }
  const newest = Math.max(...files.map((file) => file.modifiedAt.getTime()))
  return { files, writtenAt: files.length > 0 ? new Date(newest) : null }
}

async function inspectFile(directory: string, name: string): Promise<ExportFile | null> {
  const location = path.join(directory, name)
  try {
    const { size, mtime } = await stat(location)
    const handle = await open(location)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(HEAD_BYTES, size)))
      const contents = contentsOf(decodeHead(buffer.subarray(0, bytesRead)))
      const onlyClassifier = contents.every((kind) => CLASSIFIER_KINDS.has(kind))
      return { name, size, modifiedAt: mtime, contents, mayHoldMore: size > bytesRead && onlyClassifier }
    } finally {
      await handle.close()
    }
  } catch {
    // Gone or unreadable since it was listed: the reader will say so, by name, if it is needed.
    return { name, size: 0, modifiedAt: new Date(0), contents: [], mayHoldMore: true }
  }
}

const CLASSIFIER_KINDS: ReadonlySet<ContentKind> = new Set([
  'groups',
  'properties',
  'priceTypes',
  'warehouses',
  'units',
])

function decodeHead(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = bytes.toString('utf8')
  // The end of the head may cut a character in two; more than that is another encoding.
  if ((text.match(/\uFFFD/g)?.length ?? 0) <= 2) return text
  const declared = /encoding\s*=\s*["']([\w-]+)["']/.exec(text)?.[1]?.toLowerCase() ?? ''
  const label = ({ cp866: 'ibm866', 'koi8-r': 'koi8-r' } as Record<string, string>)[declared] ?? 'windows-1251'
  return new TextDecoder(label).decode(bytes)
}

const tag = (names: string) => new RegExp(`<(?:[\\w.-]+:)?(?:${names})[\\s/>]`, 'u')

const SIGNS: readonly [ContentKind, RegExp][] = [
  ['groups', tag('Группа')],
  ['properties', tag('Свойство|СвойствоНоменклатуры')],
  ['priceTypes', tag('ТипЦены')],
  ['warehouses', tag('Склады')],
  ['units', tag('ЕдиницаИзмерения')],
  ['goods', tag('Товар')],
  ['customers', tag('Контрагент')],
]
const OFFER = tag('Предложение')
const PRICE = tag('Цена|Цены')
const STOCK = tag('Остаток|Остатки|Количество|Склад')
const PRICE_OR_STOCK_BLOCK = /<(?:[\w.-]+:)?(Цены|Остатки|Склад)(?:\s[^>]*)?>[\s\S]*?<\/(?:[\w.-]+:)?\1>/gu
const OFFER_FIELD = tag('Наименование|Артикул|Штрихкод|ХарактеристикиТовара|ЗначенияСвойств|БазоваяЕдиница|Картинка')

/** What the beginning of a file shows it to hold, by element names (COMMERCEML.md §3). */
export function contentsOf(head: string): ContentKind[] {
  if (tag('Документ').test(head)) return ['orders']
  const found = SIGNS.filter(([, sign]) => sign.test(head)).map(([kind]) => kind)
  const offers = OFFER.exec(head)
  if (offers) {
    const body = head.slice(offers.index)
    if (
      OFFER_FIELD.test(
        body.replace(PRICE_OR_STOCK_BLOCK, '').replace(/<(?:[\w.-]+:)?(?:Цены|Остатки)[\s>][\s\S]*$/u, ''),
      )
    ) {
      found.push('offers')
    }
    if (PRICE.test(body)) found.push('prices')
    if (STOCK.test(body)) found.push('stock')
  } else if (found.includes('goods') && tag('Цены').test(head)) {
    found.push('prices')
  }
  return found
}

/** The files that hold, or may hold, any of the kinds. */
export const filesWith = (summary: ExportSummary, kinds: readonly ContentKind[]): ExportFile[] =>
  summary.files.filter((file) => file.mayHoldMore || file.contents.some((kind) => kinds.includes(kind)))

/** The kinds that no file holds or may hold. */
export const missingKinds = (summary: ExportSummary, kinds: readonly ContentKind[]): ContentKind[] =>
  kinds.filter((kind) => filesWith(summary, [kind]).length === 0)
