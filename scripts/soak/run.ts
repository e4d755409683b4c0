import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { database } from '@/lib/db'
import { cancelSession } from '@/lib/imports/cancel'
import { startImport } from '@/lib/imports/commands'
import { PAGE_SIZE } from '@/lib/imports/queries'
import { ACTIVE_STATUSES } from '@/lib/imports/status'
import type { ImportType } from '@/prisma/client/enums'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { filesOf, memoryOf, type Stage, setStage } from '@/scripts/soak/stage'
import { Window } from '@/scripts/soak/window'

/** Of one user, as a server allows. */
const WINDOWS_PER_USER = 20
const SAMPLE_MS = 10_000
const RESTART_MS = 25_000
/** Settled, or running again, within this long after whatever happened to a worker; milliseconds. */
const STUCK_MS = 120_000
const TYPES: ImportType[][] = [['catalog'], ['catalog', 'prices'], ['prices'], ['stocks'], ['variants']]

interface Soak {
  minutes: number
  pages: number
  webs: number
  workers: number
  /** Whether workers are stopped and killed, and the database is restarted. */
  restarts: boolean
  say: (line: string) => void
}

/** How often what was done. */
interface Done {
  started: number
  cancelled: number
  /** Starts and cancels that met no database. */
  unanswered: number
  killed: number
  stopped: number
  databaseRestarts: number
}

/** The greatest of the processes of a kind; memory in MB. */
interface Figures {
  connections: number
  webMemory: number
  webFiles: number
  workerMemory: number
  workerFiles: number
}

/** Runs the soak; returns what went wrong. */
export async function runSoak({ minutes, pages, webs, workers, restarts, say }: Soak): Promise<string[]> {
  const stage = await setStage({ webs, workers })
  const windows: Window[] = []
  const faults: string[] = []
  try {
    const sources = await writeSources(stage.home)
    for (let i = 0; i < pages; i += WINDOWS_PER_USER) {
      const cookie = await stage.signIn()
      for (let j = i; j < Math.min(pages, i + WINDOWS_PER_USER); j++) {
        windows.push(new Window(stage.webs[j % webs]?.url ?? '', cookie))
      }
    }
    for (const window of windows) window.open()
    const until = performance.now() + minutes * 60_000
    const done: Done = { started: 0, cancelled: 0, unanswered: 0, killed: 0, stopped: 0, databaseRestarts: 0 }
    const figures: Figures[] = []
    await Promise.all([
      importAll(sources, until, done),
      ...(restarts ? [restartAll(stage, until, done)] : []),
      measure(stage, until, figures, say),
    ])
    faults.push(...(await whatHangs()))
    faults.push(...(await whatIsLost(windows)), ...whatGrows(figures))
    await report(windows, done, say)
  } finally {
    for (const window of windows) window.close()
    await stage.end()
  }
  return faults
}

async function writeSources(home: string): Promise<string[]> {
  const sources = [path.join(home, 'whole'), path.join(home, 'changes')]
  await writeSample(sources[0] ?? '', generateExport({ seed: 3, goods: 400 }))
  await writeSample(sources[1] ?? '', generateExport({ seed: 3, goods: 400, changed: 0.2, errors: 0.02 }))
  return sources
}

async function importAll(sources: string[], until: number, done: Done) {
  while (performance.now() < until) {
    const types = TYPES[Math.floor(Math.random() * TYPES.length)] ?? ['catalog']
    const source = sources[Math.floor(Math.random() * sources.length)] ?? ''
    try {
      const result = await startImport({ types, source, actor: null })
      if (result.ok) {
        done.started++
        if (Math.random() < 0.25) {
          await setTimeout(Math.random() * 1500)
          const cancelled = await cancelSession(result.sessionId, null)
          if (cancelled.ok) done.cancelled++
        }
      }
    } catch {
      // The database is being restarted.
      done.unanswered++
    }
    await setTimeout(Math.random() * 1500)
  }
}

/** A worker every so often, by one signal or the other, and now and then the database. */
async function restartAll(stage: Stage, until: number, done: Done) {
  for (let i = 0; performance.now() + RESTART_MS < until; i++) {
    await setTimeout(RESTART_MS)
    if (i % 8 === 5) {
      await stage.restartPostgres()
      done.databaseRestarts++
      continue
    }
    const signal = i % 3 === 2 ? 'SIGKILL' : 'SIGTERM'
    await stage.replaceWorker(i % stage.workers.length, signal)
    if (signal === 'SIGKILL') done.killed++
    else done.stopped++
  }
}

async function measure(stage: Stage, until: number, figures: Figures[], say: (line: string) => void) {
  while (performance.now() < until) {
    await setTimeout(SAMPLE_MS)
    const connections = await countConnections().catch(() => null)
    // The database is being restarted.
    if (connections === null) continue
    const webs = stage.webs.map((web) => web.process)
    const figure = {
      connections,
      webMemory: Math.round(Math.max(...webs.map(memoryOf))),
      webFiles: Math.max(...webs.map(filesOf)),
      workerMemory: Math.round(Math.max(...stage.workers.map(memoryOf))),
      workerFiles: Math.max(...stage.workers.map(filesOf)),
    }
    figures.push(figure)
    say(JSON.stringify({ minute: ((figures.length * SAMPLE_MS) / 60_000).toFixed(1), ...figure }))
  }
}

async function countConnections(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: bigint }[]>`
    select count(*) from pg_stat_activity where backend_type = 'client backend'`
  return Number(row?.count)
}

/** Sessions that are still active when all has had time to end. */
async function whatHangs(): Promise<string[]> {
  const deadline = performance.now() + STUCK_MS
  for (;;) {
    const active = await database().importSession.findMany({
      where: { status: { in: [...ACTIVE_STATUSES] } },
      select: { id: true, status: true },
    })
    if (active.length === 0) return []
    if (performance.now() > deadline) return active.map(({ id, status }) => `session ${id} hangs: ${status}`)
    await setTimeout(500)
  }
}

/** After a refresh every window shows what is in the database. */
async function whatIsLost(windows: readonly Window[]): Promise<string[]> {
  const faults = windows.filter(({ events }) => events === 0).map((_, i) => `window ${i} was told nothing`)
  const rows = await database().importSession.findMany({
    select: { id: true, status: true },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE,
  })
  for (const [i, window] of windows.entries()) {
    const shown = await window.list()
    for (const { id, status } of rows) {
      if (shown.get(id) !== status) faults.push(`window ${i} shows session ${id} as ${shown.get(id)}: it is ${status}`)
    }
  }
  return faults
}

/** The last third is not above the middle one by more than noise. */
function whatGrows(figures: readonly Figures[]): string[] {
  const third = Math.floor(figures.length / 3)
  if (third < 6) return []
  const mean = (part: readonly Figures[], key: keyof Figures) => part.reduce((sum, f) => sum + f[key], 0) / part.length
  return (['connections', 'webMemory', 'webFiles', 'workerMemory', 'workerFiles'] as const).flatMap((key) => {
    const [before, after] = [mean(figures.slice(third, 2 * third), key), mean(figures.slice(2 * third), key)]
    return after > before * 1.25 + 10 ? [`${key} grows: ${before.toFixed(0)} → ${after.toFixed(0)}`] : []
  })
}

async function report(windows: readonly Window[], done: Done, say: (line: string) => void) {
  const outcomes = await database().importSession.groupBy({ by: ['status'], _count: true })
  const attempts = await database().importAttempt.groupBy({ by: ['crashed'], _count: true })
  const troubles: Record<string, number> = {}
  for (const window of windows) {
    for (const [trouble, count] of window.troubles) troubles[trouble] = (troubles[trouble] ?? 0) + count
  }
  const sum = (of: (window: Window) => number) => windows.reduce((total, window) => total + of(window), 0)
  say(
    JSON.stringify({
      ...done,
      outcomes: Object.fromEntries(outcomes.map(({ status, _count }) => [status, _count])),
      attempts: attempts.reduce((total, { _count }) => total + _count, 0),
      crashed: attempts.find(({ crashed }) => crashed)?._count ?? 0,
      windows: windows.length,
      events: sum(({ events }) => events),
      refreshes: sum(({ refreshes }) => refreshes),
      troubles,
    }),
  )
}
