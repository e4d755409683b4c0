import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { classic } from '@/scripts/sample/classic'
import type { Encoding } from '@/scripts/sample/encoding'
import type { Layout } from '@/scripts/sample/layout'
import type { Export } from '@/scripts/sample/model'
import { writeDocument } from '@/scripts/sample/output'
import { split31 } from '@/scripts/sample/split31'
import { split209 } from '@/scripts/sample/split209'

const LAYOUTS = { split31, split209, classic } satisfies Record<string, Layout>

export type LayoutName = keyof typeof LAYOUTS

export const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[]

export interface WriteOptions {
  layout?: LayoutName | undefined
  /** Left out: as 1C writes the layout. */
  encoding?: Encoding | undefined
  /** Goods in one file of the classic layout; left out: all of them. */
  goodsPerFile?: number | undefined
}

export interface WrittenFile {
  /** Path inside the export. */
  name: string
  bytes: number
}

/** Writes the export into a directory and returns its files. An export that lay there before, of any layout, is removed. */
export async function writeSample(
  directory: string,
  model: Export,
  options: WriteOptions = {},
): Promise<WrittenFile[]> {
  const { layout: layoutName = 'split31', encoding, goodsPerFile } = options
  const layout = LAYOUTS[layoutName]
  await removeExport(directory)
  const written: WrittenFile[] = []
  for (const { name, text } of layout.files(model, { goodsPerFile })) {
    const usual = layout.bom(name) ? 'utf8bom' : 'utf8'
    written.push({ name, bytes: await writeDocument(path.join(directory, name), text, encoding ?? usual) })
  }
  if (model.pictures) await rm(path.join(directory, layout.pictures, 'import_files'), { recursive: true, force: true })
  for (const { path: inside, content } of model.pictures ?? []) {
    const name = path.posix.join(layout.pictures, inside)
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true })
    await writeFile(path.join(directory, name), content)
    written.push({ name, bytes: content.length })
  }
  return written
}

async function removeExport(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const name of await readdir(directory)) {
    const owned = LAYOUT_NAMES.some((layout) => LAYOUTS[layout].owns.test(name))
    if (owned) await rm(path.join(directory, name), { recursive: true, force: true })
  }
}
