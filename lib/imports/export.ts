import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ContentKind } from '@/lib/imports/types'

export interface ExportFile {
  /** Path inside the export, with forward slashes. */
  name: string
  /** Bytes. */
  size: number
  modifiedAt: Date
  /** What its beginning, its end and looks in between show it to hold. */
  contents: ContentKind[]
  /** False when it could not be opened: nobody knows what it holds. */
  isReadable: boolean
}

export interface ExportSummary {
  files: ExportFile[]
  /** Its folders of pictures, from its root. */
  pictureFolders: string[]
  /** The newest file's time: when the export was written. */
  writtenAt: Date | null
}

/** What 1C calls a folder of pictures. */
export const PICTURE_FOLDER = 'import_files'

/** How much of a file's beginning is looked at, in bytes: the short lists, of groups or price types, stand there. */
const HEAD_BYTES = 1024 * 1024
/** How much is looked at in other places, the end among them. */
const LOOK_BYTES = 64 * 1024
/** In how many places at most: goods, offers, customers are longer than what lies between two of them. */
const LOOKS = 16

/**
 * What lies in an export: its XML files in the order they are read, each with what it holds by content
 * (COMMERCEML.md §3). Null when the directory does not exist or cannot be read.
 */
export async function inspectExport(directory: string): Promise<ExportSummary | null> {
  const names: string[] = []
  const pictureFolders: string[] = []
  try {
    for await (const { name, isPictureFolder } of entriesUnder(directory, '')) {
      if (isPictureFolder) pictureFolders.push(name)
      else if (isXml(name)) names.push(name)
    }
  } catch {
    return null
  }
  // Parts in numeric order: _2_ before _10_.
  const { compare } = new Intl.Collator('ru', { numeric: true })
  names.sort(compare)
  const files: ExportFile[] = []
  for (const name of names) {
    files.push(await inspectFile(directory, name))
  }
  const newest = Math.max(...files.map((file) => file.modifiedAt.getTime()))
  return { files, pictureFolders: pictureFolders.sort(compare), writtenAt: files.length > 0 ? new Date(newest) : null }
}

const isXml = (name: string) => /\.xml$/i.test(name)

/** The same files without a look into them, in any order: to tell whether they change. */
export async function statExport(
  directory: string,
): Promise<Pick<ExportFile, 'name' | 'size' | 'modifiedAt'>[] | null> {
  const files: Pick<ExportFile, 'name' | 'size' | 'modifiedAt'>[] = []
  try {
    for await (const { name, isPictureFolder } of entriesUnder(directory, '')) {
      if (isPictureFolder || !isXml(name)) continue
      const stats = await stat(path.join(directory, name)).catch(() => null)
      if (stats) files.push({ name, size: stats.size, modifiedAt: stats.mtime })
    }
  } catch {
    return null
  }
  return files
}

/** Files and folders of pictures under a folder of the export. The pictures are not looked at: there may be very many. */
async function* entriesUnder(
  directory: string,
  folder: string,
): AsyncGenerator<{ name: string; isPictureFolder: boolean }> {
  for (const entry of await readdir(path.join(directory, folder), { withFileTypes: true })) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    // A link is followed by whoever opens it: a file that is listed is read, or fails the import by name.
    if (entry.isFile() || entry.isSymbolicLink()) yield { name, isPictureFolder: false }
    else if (!entry.isDirectory()) continue
    else if (entry.name === PICTURE_FOLDER) yield { name, isPictureFolder: true }
    else yield* entriesUnder(directory, name)
  }
}

async function inspectFile(directory: string, name: string): Promise<ExportFile> {
  const location = path.join(directory, name)
  try {
    const { size, mtime } = await stat(location)
    const handle = await open(location)
    try {
      const head = await readAt(handle, 0, HEAD_BYTES)
      const decode = decoderFor(head)
      const found = new Set(contentsOf(decode(head)))
      for (const position of placesToLook(size)) {
        for (const kind of contentsOf(decode(await readAt(handle, position, LOOK_BYTES)))) found.add(kind)
      }
      return { name, size, modifiedAt: mtime, contents: [...found], isReadable: true }
    } finally {
      await handle.close()
    }
  } catch {
    // Gone or unreadable since it was listed: an import says so, by name (worker/read-export.ts).
    return { name, size: 0, modifiedAt: new Date(0), contents: [], isReadable: false }
  }
}

/** Evenly behind the head, up to the end. Even numbers: a character of UTF-16 is not cut. */
function placesToLook(size: number): number[] {
  const rest = size - HEAD_BYTES
  if (rest <= 0) return []
  const count = Math.min(LOOKS, Math.ceil(rest / LOOK_BYTES))
  const step = count > 1 ? Math.max(0, rest - LOOK_BYTES) / (count - 1) : 0
  return Array.from({ length: count }, (_, i) => 2 * Math.floor((HEAD_BYTES + i * step) / 2))
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function decoderFor(head: Buffer): (bytes: Buffer) => string {
  const as = (label: string) => (bytes: Buffer) => new TextDecoder(label).decode(bytes)
  if (head[0] === 0xff && head[1] === 0xfe) return as('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return as('utf-16be')
  // Without a BOM a zero byte beside the first < tells.
  if (head[0] === 0x3c && head[1] === 0) return as('utf-16le')
  if (head[0] === 0 && head[1] === 0x3c) return as('utf-16be')
  // Where the look ends it may cut a character in two; more than that is another encoding.
  // One with the root's name in UTF-8 is damaged, and whoever reads it says so.
  const utf8 = head.toString('utf8')
  if ((utf8.match(/\uFFFD/g)?.length ?? 0) <= 2 || utf8.includes('КоммерческаяИнформация')) return as('utf-8')
  const declared = /encoding\s*=\s*["']([\w-]+)["']/.exec(head.toString('latin1'))?.[1]?.toLowerCase() ?? ''
  return as(
    ({ cp866: 'ibm866', ibm866: 'ibm866', 'koi8-r': 'koi8-r' } as Record<string, string>)[declared] ?? 'windows-1251',
  )
}

// A prefix may be of any letters.
const PREFIX = String.raw`(?:[^\s<>/:]+:)?`
const tag = (names: string) => new RegExp(`<${PREFIX}(?:${names})[\\s/>]`, 'u')

const SIGNS: readonly [ContentKind, RegExp][] = [
  ['groups', tag('Группа')],
  ['properties', tag('Свойство|СвойствоНоменклатуры')],
  ['priceTypes', tag('ТипЦены')],
  ['warehouses', tag('Склады')],
  ['units', tag('ЕдиницаИзмерения')],
  ['goods', tag('Товар')],
  ['customers', tag('Контрагент')],
]
const ORDER = new RegExp(`</?${PREFIX}Документ[\\s/>]`, 'u')
const OFFER = tag('Предложение')
const PICTURE = tag('Картинка')
const PRICE = tag('Цена|Цены')
const PRICES = tag('Цены')
const STOCK_OF_GOOD = tag('Остаток|Остатки|Количество')
const STOCK = tag('Остаток|Остатки|Количество|Склад')
const OFFER_FIELD = tag(
  'Наименование|Артикул|Штрихкод|ХарактеристикиТовара|ЗначенияСвойств|БазоваяЕдиница|Картинка|ПометкаУдаления|Статус',
)
/** By an attribute: a deletion mark; or what CommerceML 1 has for an id, for whoever reads it to refuse by name. */
const OFFER_MARK = /<(?:[\p{L}\w.-]+:)?Предложение\s[^<>]*(?:Статус|ПометкаУдаления|ИдентификаторТовара)\s*=/u
/** Of an offer that may say nothing else. */
const ID_OF_VARIANT = new RegExp(`<${PREFIX}Ид>[^<]*#`, 'u')

/**
 * A piece of a file without the elements of these names: also without one that began before the piece, or that ends
 * behind it. One pass over the tags, whatever somebody has put there.
 */
function outsideOf(piece: string, names: string): string {
  const tags = new RegExp(String.raw`<(/?)${PREFIX}(?:${names})(?:\s[^<>]*)?>`, 'gu')
  let outside = ''
  let from = 0
  let depth = 0
  for (const { 0: found, 1: slash, index } of piece.matchAll(tags)) {
    if (found.endsWith('/>')) continue
    if (slash === '') {
      if (depth++ === 0) outside += piece.slice(from, index)
    } else {
      if (depth === 0) outside = ''
      else depth--
      from = index + found.length
    }
  }
  return depth === 0 ? outside + piece.slice(from) : outside
}

/** What a piece of a file shows it to hold, by element names (COMMERCEML.md §3). */
function contentsOf(piece: string): ContentKind[] {
  // The goods and partners of an order are not the catalogue's.
  return ORDER.test(piece)
    ? ['orders', ...contentsOutsideOrders(outsideOf(piece, 'Документ'))]
    : contentsOutsideOrders(piece)
}

function contentsOutsideOrders(piece: string): ContentKind[] {
  const found = SIGNS.filter(([, sign]) => sign.test(piece)).map(([kind]) => kind)
  const offers = OFFER.exec(piece)
  if (offers) {
    const body = piece.slice(offers.index)
    const isBare = !PRICE.test(body) && !STOCK.test(body) && ID_OF_VARIANT.test(body)
    if (isBare || OFFER_MARK.test(body) || OFFER_FIELD.test(outsideOf(body, 'Цены|Остатки|Склад'))) {
      found.push('offers')
    }
    if (PRICE.test(body)) found.push('prices')
    if (STOCK.test(body)) found.push('stock')
  }
  if (found.includes('goods')) {
    // A good may carry its prices and its stock itself; the list of warehouses is no stock.
    if (!found.includes('prices') && PRICES.test(piece)) found.push('prices')
    if (!found.includes('stock') && STOCK_OF_GOOD.test(piece)) found.push('stock')
  }
  if (PICTURE.test(piece)) found.push('images')
  return found
}

/** The files that hold any of the kinds. */
export const filesWith = (summary: ExportSummary, kinds: readonly ContentKind[]): ExportFile[] =>
  summary.files.filter((file) => file.contents.some((kind) => kinds.includes(kind)))

/** The kinds that no file holds. Pictures need not be named: the images step finds them by the good's id as well. */
export const missingKinds = (summary: ExportSummary, kinds: readonly ContentKind[]): ContentKind[] =>
  kinds.filter(
    (kind) => filesWith(summary, [kind]).length === 0 && !(kind === 'images' && summary.pictureFolders.length > 0),
  )
