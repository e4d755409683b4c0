import type { Export } from '@/scripts/sample/model'

/** A file on its way out: its text without the XML declaration. */
export interface LayoutFile {
  /** Path inside the export. */
  name: string
  text: Iterable<string>
}

export interface LayoutOptions {
  /** Goods in one file, where the layout has numbered parts. */
  goodsPerFile?: number | undefined
}

/** A way to spread an export over files. */
export interface Layout {
  /** The files, to be written one after the other: their text is made while it is being read. */
  files(model: Export, options: LayoutOptions): Iterable<LayoutFile>
  /** The folder that holds import_files. */
  pictures: string
  /** Whether 1C begins this file with a BOM, in UTF-8. */
  bom(name: string): boolean
  /** What belongs to the layout at the top of an export: folders and files. */
  owns: RegExp
}
