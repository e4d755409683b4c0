import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { SaxesParser } from 'saxes'
import { startImport } from '@/lib/imports/commands'
import { getSession } from '@/lib/imports/queries'
import type { ImportType } from '@/prisma/client/enums'
import { readFile } from '@/worker/commerceml/read-file'

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

export async function xmlFiles(directory: string): Promise<{ name: string; bytes: number }[]> {
  const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.xml'))
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(path.join(directory, name))).size })))
}

/** Bytes → records, nothing kept. */
export async function timeReading(directory: string): Promise<number> {
  const files = await xmlFiles(directory)
  return seconds(async () => {
    for (const { name } of files) for await (const _batch of readFile(directory, name));
  })
}

/** saxes over the same files: parsing alone, no record made. */
export async function timeSaxes(directory: string): Promise<number> {
  const files = await xmlFiles(directory)
  return seconds(async () => {
    for (const { name } of files) {
      const parser = new SaxesParser({ position: true })
      parser.on('opentag', () => {})
      parser.on('text', () => {})
      parser.on('closetag', () => {})
      const decoder = new TextDecoder('utf-8')
      for await (const chunk of createReadStream(path.join(directory, name), { highWaterMark: 256 * 1024 })) {
        parser.write(decoder.decode(chunk as Buffer, { stream: true }))
      }
      parser.close()
    }
  })
}

/** The tables' rows as they are now, by COPY into identical, indexed, empty tables. */
export async function timeCopy(db: pg.Client, tables: readonly string[], scratch: string): Promise<number> {
  let total = 0
  for (const table of tables) {
    const file = path.join(scratch, `${table}.copy`)
    await pipeline(db.query(copyTo(`copy ${table} to stdout`)), createWriteStream(file))
    await db.query(`create table bench_${table} (like ${table} including all)`)
    total += await seconds(() => pipeline(createReadStream(file), db.query(copyFrom(`copy bench_${table} from stdin`))))
    await db.query(`drop table bench_${table}`)
  }
  return total
}

/** One import through the queue and the worker process; seconds from claim to settled, and how many records. */
export async function timeImport(types: ImportType[], source: string): Promise<{ seconds: number; records: number }> {
  const started = await startImport({ types, source, actor: null })
  if (!started.ok) throw new Error(`The import was refused: ${started.reason}`)
  for (;;) {
    const session = await getSession(started.sessionId)
    if (session?.finishedAt && session.startedAt) {
      if (session.status !== 'COMPLETED') throw new Error(`The import ended ${session.status}: ${session.errorMessage}`)
      const records = session.steps.reduce((sum, { processed }) => sum + processed, 0)
      return { seconds: (session.finishedAt.getTime() - session.startedAt.getTime()) / 1000, records }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The most memory a process ever held, in MB; Linux only. */
export function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
