import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '@/prisma/migrate'
import { peakMemory, timeCopy, timeImport, timeReading, timeSaxes, xmlFiles } from '@/scripts/bench/measure'
import { PARTS, type Part, partOf } from '@/scripts/bench/parts'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { freePort } from '@/scripts/start/ports'
import { startPostgres } from '@/scripts/start/postgres'

export interface PartResult {
  name: string
  megabytes: number
  records: number
  /** Seconds. */
  reading: number
  copy: number
  first: number
  unchanged: number
  /** To the greater of reading alone and COPY alone. */
  ratios: { first: number; unchanged: number }
}

export interface BenchResults {
  goods: number
  parts: PartResult[]
  /** Time of importing changes of 1 % of the goods, to that of the full import. */
  delta: number
  /** How much faster our reader makes records than saxes only parses. */
  readingVsSaxes: number
  /** Peak memory of the worker process, MB. */
  rssMb: number
}

const SEED = 1
/** Those of the script `worker` in package.json. */
const WORKER_FLAGS = ['--max-semi-space-size=4', '--max-old-space-size=256']

/** Measures everything once, on a PostgreSQL and a worker process of its own. */
export const runBench = (goods: number, say: (line: string) => void): Promise<BenchResults> =>
  withDatabase(({ home, db }) => withWorker((pid) => measure(goods, { home, db, pid, say })))

/** Files of this many megabytes are imported to compare the worker's memory. */
const MEMORY_SIZES = [100, 1000]
/** About how many megabytes of prices come with a good. */
const MEGABYTES_A_GOOD = 0.00805

/** The peak memory of a new worker that imports one file of prices, in MB, by the file's size in MB. */
export const runMemoryBench = (say: (line: string) => void): Promise<Map<number, number>> =>
  withDatabase(async ({ home }) => {
    const [goodsPart, , pricesPart] = PARTS as [Part, Part, Part]
    const few = path.join(home, 'few')
    await writeSample(few, partOf(generateExport({ seed: SEED, goods: 100 }), goodsPart))
    const peaks = new Map<number, number>()
    for (const size of MEMORY_SIZES) {
      const directory = path.join(home, `prices-${size}`)
      const goods = Math.round(size / MEGABYTES_A_GOOD)
      await writeSample(directory, partOf(generateExport({ seed: SEED, goods }), pricesPart))
      say(`a prices file of ${size} MB …`)
      await withWorker(async (pid) => {
        await timeImport(goodsPart.types, few)
        await timeImport(pricesPart.types, directory)
        peaks.set(size, peakMemory(pid))
      })
      await rm(directory, { recursive: true })
    }
    return peaks
  })

async function withDatabase<T>(work: (bench: { home: string; db: pg.Client }) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'obmen-bench-'))
  await chmod(home, 0o711)
  const postgres = await startPostgres({
    directory: path.join(home, 'data'),
    port: await freePort(),
    password: 'bench',
    logFile: path.join(home, 'postgres.log'),
    settings: { max_wal_size: '4GB', shared_buffers: '512MB' },
  })
  const url = postgres.url('postgres')
  process.env.DATABASE_URL = url
  process.env.LOG_LEVEL = 'silent'
  process.env.EXPORT_SETTLE_MS = '0'
  const db = new pg.Client({ connectionString: url })
  try {
    await migrate(url)
    await db.connect()
    return await work({ home, db })
  } finally {
    await db.end().catch(() => {})
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** A worker process, as npm run worker starts it. */
async function withWorker<T>(work: (pid: number) => Promise<T>): Promise<T> {
  const worker = spawn(process.execPath, [...WORKER_FLAGS, '--import', 'tsx', 'worker/main.ts'], {
    env: { ...process.env },
    stdio: 'inherit',
  })
  try {
    return await work(worker.pid ?? 0)
  } finally {
    const gone = once(worker, 'exit')
    worker.kill('SIGTERM')
    await gone
  }
}

interface Bench {
  home: string
  db: pg.Client
  pid: number
  say: (line: string) => void
}

async function measure(goods: number, { home, db, pid, say }: Bench): Promise<BenchResults> {
  const parts: PartResult[] = []
  let saxes = 0
  for (const part of PARTS) {
    const directory = path.join(home, part.name)
    await writeSample(directory, partOf(generateExport({ seed: SEED, goods }), part))
    const bytes = (await xmlFiles(directory)).reduce((sum, file) => sum + file.bytes, 0)
    say(`${part.name}: ${(bytes / 1e6).toFixed(0)} MB …`)
    // Once to warm up code and page cache, for both.
    await timeReading(directory)
    const reading = await timeReading(directory)
    saxes += await timeSaxes(directory)
    const first = await timeImport(part.types, directory)
    await db.query('vacuum analyze')
    const copy = await timeCopy(db, part.tables, home)
    const unchanged = await timeImport(part.types, directory)
    const floor = Math.max(reading, copy)
    parts.push({
      name: part.name,
      megabytes: bytes / 1e6,
      records: first.records,
      reading,
      copy,
      first: first.seconds,
      unchanged: unchanged.seconds,
      ratios: { first: first.seconds / floor, unchanged: unchanged.seconds / floor },
    })
  }
  const total = (of: (part: PartResult) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  const changes = path.join(home, 'changes')
  await writeSample(changes, generateExport({ seed: SEED, goods, changed: 0.01 }))
  say('1 % changed …')
  const delta = await timeImport(['catalog'], changes)
  return {
    goods,
    parts,
    delta: delta.seconds / total(({ first }) => first),
    readingVsSaxes: saxes / total(({ reading }) => reading),
    rssMb: peakMemory(pid),
  }
}
