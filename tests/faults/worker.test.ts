import { expect, test } from 'vitest'
import { eventually } from '@/tests/setup/eventually'
import { ageHeartbeat, FULL, freezeWorkerAt, importUndisturbed, mustRecover } from '@/tests/setup/faults'
import { query, sessionOf, start } from '@/tests/setup/imports'
import { tables } from '@/tests/setup/tables'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker, type WorkerProcess } from '@/tests/setup/worker'

const TIMEOUT = FULL || process.env.KILLS ? 3_600_000 : 180_000

const workerOf = (workers: WorkerProcess[], pid: number): WorkerProcess => {
  const worker = workers.find((candidate) => candidate.pid === pid)
  if (!worker) throw new Error(`No worker ${pid}`)
  return worker
}

test('a worker killed or stopped at any moment of an import', { timeout: TIMEOUT }, async () => {
  const undisturbed = await importUndisturbed(temporaryDirectory())
  const [kills, terms] = FULL ? [20, 5] : [Number(process.env.KILLS ?? 2), 1]
  const workers = await Promise.all([startWorker(), startWorker()])
  for (const [signal, times] of [
    ['SIGKILL', kills],
    ['SIGTERM', terms],
  ] as const) {
    for (let i = 0; i < times; i++) {
      // Spread over the whole import, a little differently each time.
      const moment = (i + Math.random()) / times
      const { imports, holder, before, since } = await freezeWorkerAt(undisturbed.source, moment)
      const victim = workerOf(workers, holder.pid)
      const stopped = victim.stop(signal)
      // Killed it is at once, asked to stop only when it is awake.
      process.kill(victim.pid, 'SIGCONT')
      await stopped
      if (signal === 'SIGKILL') await ageHeartbeat(holder.id)
      await mustRecover(`${signal} at ${moment.toFixed(3)}`, imports, { before, since }, undisturbed)
      workers[workers.indexOf(victim)] = await startWorker()
    }
  }
})

test('a worker that is frozen for longer than its lease, and wakes up', { timeout: TIMEOUT }, async () => {
  const undisturbed = await importUndisturbed(temporaryDirectory())
  const workers = await Promise.all([startWorker(), startWorker()])
  for (const moment of FULL ? [0.05, 0.2, 0.4, 0.6, 0.8] : [0.6]) {
    const { imports, holder, before, since } = await freezeWorkerAt(undisturbed.source, moment)
    const victim = workerOf(workers, holder.pid)
    await ageHeartbeat(holder.id)
    await mustRecover(`SIGSTOP at ${moment}`, imports, { before, since }, undisturbed)
    const { attempts } = await sessionOf(imports.sessionId)
    expect(attempts[0]).toMatchObject({ crashed: true, error: 'Обработчик пропал, не закончив попытку.' })

    victim.log.length = 0
    process.kill(victim.pid, 'SIGCONT')

    // Awake, it learns that it was given up, writes nothing more, and comes back under another id.
    await eventually(() => expect(victim.log.map(({ msg }) => msg)).toContain('worker ready'))
    expect(await tables()).toEqual(undisturbed.tables)
    expect(await sessionOf(imports.sessionId)).toMatchObject({ attempts })
    const [again] = await query<{ id: string }>(`select id from workers where pid = $1 and stopped_at is null`, [
      victim.pid,
    ])
    expect(again?.id).not.toBe(holder.id)

    const other = workers.find((worker) => worker !== victim)
    if (!other) throw new Error('There are two')
    process.kill(other.pid, 'SIGSTOP')
    const { sessionId } = await start(['prices'], undisturbed.source)
    await eventually(async () => expect((await sessionOf(sessionId)).status).toMatch(/^COMPLETED/))
    process.kill(other.pid, 'SIGCONT')
  }
})
