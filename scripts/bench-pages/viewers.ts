import { setTimeout } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import type pg from 'pg'
import { changeNewest, fillList } from '@/scripts/bench-pages/imports'
import { type Bench, type BenchSite, SECRET } from '@/scripts/bench-pages/site'
import { Viewer } from '@/scripts/bench-pages/viewer'

const VIEWERS = 500
const CHANGES = 3
/** From one change to the next, in milliseconds: everybody has seen the last. */
const EVERY_MS = 15_000

/** What open lists cost the database while sessions change: 500 of as many people, beside one. */
export async function measureViewers({ say, startSite }: Bench): Promise<{ queries_per_second_500_viewers: number }> {
  const site = await startSite('viewers', 'on')
  await fillList(site.db, 200)
  await site.db.query(
    `insert into users (email, password_hash, role) select 'viewer' || n || '@example.org', '', 'VIEWER' from generate_series(1, $1::int) as n`,
    [VIEWERS],
  )
  const { rows } = await site.db.query<{ id: number }>(`select id from users where role = 'VIEWER' order by id`)
  const ids = rows.map(({ id }) => id)
  const one = await watch(site, ids.slice(0, 1))
  const all = await watch(site, ids)
  say(
    `open lists, a change every ${EVERY_MS / 1000} s: queries a second ${one.perSecond} with 1, ${all.perSecond} with ${VIEWERS}; ` +
      `the last of ${VIEWERS} has a change after ${all.slowest} ms`,
  )
  return { queries_per_second_500_viewers: all.perSecond }
}

async function watch(site: BenchSite, ids: number[]): Promise<{ perSecond: number; slowest: number }> {
  const viewers = await Promise.all(
    ids.map(async (id) => {
      const token = await encode({ token: { sub: String(id) }, secret: SECRET })
      return new Viewer(site.url, `next-auth.session-token=${token}`)
    }),
  )
  try {
    await Promise.all(viewers.map((viewer) => viewer.open()))
    await Promise.all(viewers.map((viewer) => viewer.sees('')))
    await setTimeout(6000)
    const before = await transactions(site.db)
    const startedAt = performance.now()
    let slowest = 0
    for (let change = 0; change < CHANGES; change++) {
      const reason = `Причина ${ids.length}.${change}`
      const changedAt = performance.now()
      await changeNewest(site.db, reason)
      await Promise.all(viewers.map((viewer) => viewer.sees(reason)))
      slowest = Math.max(slowest, performance.now() - changedAt)
      await setTimeout(Math.max(0, EVERY_MS - (performance.now() - changedAt)))
    }
    const seconds = (performance.now() - startedAt) / 1000
    // Less those of this script.
    const queries = (await transactions(site.db)) - before - CHANGES - 1
    return { perSecond: Math.round((queries / seconds) * 10) / 10, slowest: Math.round(slowest) }
  } finally {
    for (const viewer of viewers) viewer.close()
  }
}

/** Statements outside a transaction are one each, and the pages know no others. */
async function transactions(db: pg.Client): Promise<number> {
  // A server process tells what it has done at most once a second.
  await setTimeout(1500)
  const { rows } = await db.query<{ count: string }>(
    `select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`,
  )
  return Number(rows[0]?.count ?? 0)
}
