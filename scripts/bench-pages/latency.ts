import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { withList } from '@/scripts/bench-pages/browser'
import { changeNewest, fillList } from '@/scripts/bench-pages/imports'
import type { Bench, BenchSite } from '@/scripts/bench-pages/site'

const TIMES = 40
const TIMES_WITHOUT_EVENTS = 8

/** From the commit of a change to its text on the screen, in a real browser: with live events, and told besides, without. */
export async function measureLatency({ say, startSite }: Bench): Promise<{ latency_p95_ms: number }> {
  const site = await startSite('latency', 'on')
  await fillList(site.db, 200)
  const told = p95(await withList(site, (page) => delays(site, page, TIMES)))
  // Something active, so that the page asks every five seconds.
  await site.db.query(
    `insert into import_sessions (types, source, request_key, status) values ('{images}', '/other', 'waits', 'STARTED')`,
  )
  const asked = p95(await withList(site, (page) => delays(site, page, TIMES_WITHOUT_EVENTS), 'without events'))
  say(`commit → screen, p95: ${told} ms with events, ${asked} ms without`)
  return { latency_p95_ms: told }
}

async function delays({ db }: BenchSite, page: Page, times: number): Promise<number[]> {
  const found: number[] = []
  for (let time = 0; time < times; time++) {
    // Not in step with anything that goes by a clock.
    await setTimeout(200 + ((time * 7919) % 1000))
    const text = `Причина ${times}.${time}`
    // A text: what tsx makes of a function does not run elsewhere.
    const shown = page.evaluate<number>(`new Promise((resolve) => {
      const look = () => document.body.textContent.includes('${text}') ? resolve(Date.now()) : requestAnimationFrame(look)
      look()
    })`)
    await changeNewest(db, text)
    const committedAt = Date.now()
    found.push(Math.max(0, (await shown) - committedAt))
  }
  return found
}

const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
