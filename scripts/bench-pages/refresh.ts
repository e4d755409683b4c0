import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { constants, gunzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { withList } from '@/scripts/bench-pages/browser'
import { changeNewest, fillList } from '@/scripts/bench-pages/imports'
import type { Bench, BenchSite } from '@/scripts/bench-pages/site'

/** The goal is for so many rows; a list shows fewer, and is reckoned up. */
const ROWS = 50
const TIMES = 5

/** What the browser receives for a refresh, headers and all, as it comes over the wire. */
export async function measureRefresh({
  say,
  startSite,
}: Bench): Promise<{ idle_refresh_bytes: number; change_refresh_bytes: number }> {
  const site = await startSite('refresh', 'on')
  await fillList(site.db, 200)
  return withList(site, async (page) => {
    const received = await countBytes(page, site)
    // The first refresh after the stream is up.
    await setTimeout(2000)
    const idle: number[] = []
    const changed: number[] = []
    for (let time = 0; time < TIMES; time++) {
      received.since()
      // A browser that comes back asks whether it has missed something.
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      await setTimeout(1500)
      idle.push(received.since())
      await changeNewest(site.db, `Причина ${time}`)
      await page.getByText(`Причина ${time}`).waitFor()
      await setTimeout(1000)
      changed.push(received.since())
    }
    received.stop()
    const rows = await page.locator('tr[data-session-id]').count()
    const [idleBytes, changeBytes] = [Math.max(...idle), Math.max(...changed)]
    const perRow = await bytesPerRow(site, rows)
    say(
      `a refresh: ${idleBytes} bytes that find nothing new, ${changeBytes} that find a change, of ${rows} rows ` +
        `(${Math.round(perRow)} bytes each)`,
    )
    return {
      idle_refresh_bytes: idleBytes,
      change_refresh_bytes: Math.round(changeBytes + Math.max(0, ROWS - rows) * perRow),
    }
  })
}

/** What one more row adds to the data of the list, compressed: by the list of images, which is shorter. */
async function bytesPerRow({ url, headers }: BenchSite, rows: number): Promise<number> {
  const bytesOf = async (path: string) => {
    // Next.js leads to an address of its own for such requests.
    const { url: final } = await fetch(`${url}${path}`, { headers: { ...headers, RSC: '1' } })
    return new Promise<{ bytes: number; rows: number }>((resolve, reject) => {
      get(final, { headers: { ...headers, RSC: '1', 'Accept-Encoding': 'gzip' } }, async (answer) => {
        const body = Buffer.concat(await answer.toArray())
        resolve({
          bytes: body.length,
          rows: `${gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH })}`.split('"retryAt"').length - 1,
        })
      }).on('error', reject)
    })
  }
  const [all, few] = [await bytesOf('/admin/imports'), await bytesOf('/admin/imports?type=images')]
  if (all.rows !== rows || few.rows >= rows) throw new Error(`The lists have ${all.rows} and ${few.rows} rows.`)
  return (all.bytes - few.bytes) / (all.rows - few.rows)
}

/** Counts the responses a page receives, and what a stream of events like its own does. */
async function countBytes(page: Page, { url, headers }: BenchSite) {
  let bytes = 0
  page.on('requestfinished', async (request) => {
    const { responseHeadersSize, responseBodySize } = await request.sizes()
    bytes += responseHeadersSize + responseBodySize
  })
  const stream = new AbortController()
  const { body } = await fetch(`${url}/api/imports/events`, { headers, signal: stream.signal })
  const count = async () => {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length
  }
  count().catch(() => {})
  return {
    /** Bytes received since this was asked last. */
    since: () => {
      const counted = bytes
      bytes = 0
      return counted
    },
    stop: () => stream.abort(),
  }
}
