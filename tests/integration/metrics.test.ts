import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as ready } from '@/app/api/health/ready/route'
import { GET as health } from '@/app/api/health/route'
import { GET as metrics } from '@/app/api/metrics/route'
import { env } from '@/lib/env'
import { good, price, writeExport } from '@/tests/fixtures/export'
import { emptyDatabase, importNow, query, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

const TOKEN = 'a token for the tests'

beforeEach(async () => {
  await emptyDatabase()
  await query('truncate metric_totals')
  env().METRICS_TOKEN = TOKEN
})
afterEach(() => {
  delete env().METRICS_TOKEN
  vi.unstubAllEnvs()
})

const ask = (authorization?: string) =>
  metrics(new Request('http://localhost/api/metrics', authorization ? { headers: { authorization } } : {}))

/** The value of each series of ours, by its line. */
async function series(): Promise<Record<string, number>> {
  const text = await (await ask(`Bearer ${TOKEN}`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith('obmen_'))
  return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

describe('/api/metrics', () => {
  test('is there for the bearer of the token only', async () => {
    expect((await ask()).status).toBe(404)
    expect((await ask('Bearer a token for the tesTs')).status).toBe(404)
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(200)
    delete env().METRICS_TOKEN
    expect((await ask('Bearer undefined')).status).toBe(404)
  })

  test('counts sessions by outcome, their records, problems and times, and does not forget with the session', async () => {
    const source = temporaryDirectory()
    await writeExport(source, { goods: [good({ id: 'g' })], prices: [price({ offerId: 'g', priceTypeId: 't' })] })
    await importNow(['catalog'], source)
    await importNow(['catalog'], source)
    await query('delete from import_sessions')
    await start(['prices'], source)

    expect(await series()).toMatchObject({
      'obmen_sessions_total{types="catalog",outcome="COMPLETED"}': 2,
      'obmen_records_total{step="goods",result="created"}': 1,
      'obmen_records_total{step="goods",result="unchanged"}': 1,
      'obmen_session_duration_seconds_bucket{le="+Inf"}': 2,
      obmen_session_duration_seconds_count: 2,
      obmen_session_queue_wait_seconds_count: 2,
      'obmen_sessions_active{status="STARTED"}': 1,
      'obmen_jobs{task="run_import",state="waiting"}': 1,
    })
  })

  test('says since when each worker was last heard of', async () => {
    await query(`insert into workers (id, host, pid, seen_at) values ('w', 'h', 1, now() - interval '100 s')`)
    expect((await series())['obmen_worker_heartbeat_age_seconds{host="h",worker="w"}']).toBeGreaterThan(99)
  })
})

describe('/api/health', () => {
  test('answers without the database; ready tells of the newest migration and of the workers', async () => {
    expect(await health().json()).toEqual({ status: 'ok' })

    vi.stubEnv(
      'NEWEST_MIGRATION',
      readdirSync('prisma/migrations')
        .filter((name) => /^\d/.test(name))
        .sort()
        .at(-1),
    )
    const fine = await ready()
    expect([fine.status, await fine.json()]).toEqual([
      200,
      { status: 'ok', workerHeartbeatAgeSeconds: null, workerAlive: false },
    ])
    await query(`insert into workers (id, host, pid) values ('w', 'h', 1)`)
    expect(await (await ready()).json()).toMatchObject({ workerAlive: true })

    vi.stubEnv('NEWEST_MIGRATION', '29990101000000_of_a_newer_build')
    const behind = await ready()
    expect([behind.status, await behind.json()]).toMatchObject([503, { status: 'migrations_missing' }])
  })
})
