import { beforeEach, describe, expect, test } from 'vitest'
import type { SessionDetails } from '@/lib/imports/session'
import type { ImportType } from '@/prisma/client/enums'
import { generateExport } from '@/scripts/sample/generate'
import { writeSample } from '@/scripts/sample/write'
import { good, price, priceType, writeExport } from '@/tests/fixtures/export'
import { eventually } from '@/tests/setup/eventually'
import { holdTable } from '@/tests/setup/hold-table'
import {
  catalogue,
  emptyDatabase,
  importNow,
  problemsOf,
  query,
  runDueJobs,
  sessionOf,
  start,
} from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'

beforeEach(emptyDatabase)

const TYPES: ImportType[] = ['catalog', 'customers']

const reportOf = ({ status, steps, problems }: SessionDetails) => ({
  status,
  steps: steps.map(({ startedAt: _started, finishedAt: _finished, changes: _some, ...counts }) => counts),
  problems,
})

describe('a dry run', () => {
  test('of anything writes not one row, and reports what the real run right after it reports', async () => {
    const source = temporaryDirectory()
    const states = [
      { seed: 9, goods: 25, customers: 8, errors: 0.05 },
      { seed: 9, goods: 25, customers: 8, errors: 0.05 },
      { seed: 9, goods: 25, customers: 8, full: true },
    ]
    for (const [number, options] of states.entries()) {
      const model = generateExport(options)
      // The last is a full export that misses some.
      const goods = number === 2 ? [...(model.goods ?? [])].slice(0, 20) : model.goods
      await writeSample(source, { ...model, ...(goods ? { goods } : {}) }, { layout: 'classic' })
      const before = await catalogue()

      const dry = await importNow(TYPES, source, { dryRun: true, allowMassDeactivation: true })
      expect(await catalogue()).toEqual(before)

      const real = await importNow(TYPES, source, { allowMassDeactivation: true })
      expect(real.dryRun).toBe(false)
      expect(reportOf(dry)).toEqual(reportOf(real))
      expect(real.steps.some(({ deactivated }) => deactivated > 0)).toBe(number === 2)
    }
  })

  test('shows each step with its report once it is rehearsed; one that breaks off rehearses all of them again', async () => {
    const source = temporaryDirectory()
    await writeSample(source, generateExport({ seed: 9, goods: 25, errors: 0.05 }))
    const before = await catalogue()
    const release = await holdTable('product_variants')
    const { sessionId } = await start(['catalog'], source, { dryRun: true })
    const running = runDueJobs()
    const steps = await eventually(async () => {
      const session = await sessionOf(sessionId)
      expect(session).toMatchObject({ currentStep: 'goods', stepsDone: 4 })
      return session.steps
    })
    expect(steps.slice(0, 5).map(({ kind, status }) => [kind, status])).toEqual([
      ['groups', 'COMPLETED'],
      ['properties', 'COMPLETED'],
      ['price_types', 'COMPLETED'],
      ['warehouses', 'COMPLETED'],
      ['goods', 'RUNNING'],
    ])
    expect(steps[0]?.created).toBeGreaterThan(0)
    expect(await catalogue()).toEqual(before)

    await query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1`, [
      `obmen import ${sessionId}`,
    ])
    // Nobody's failure: another attempt begins at once, from the first step.
    await eventually(async () => expect((await sessionOf(sessionId)).attempts).toHaveLength(2))
    await release()
    await running

    const dry = await sessionOf(sessionId)
    expect(await catalogue()).toEqual(before)
    expect(reportOf(dry)).toEqual(reportOf(await importNow(['catalog'], source)))
  })

  test('fails where the real run would', async () => {
    const source = temporaryDirectory()
    await writeExport(source, {
      goods: [good({ id: 'g' })],
      priceTypes: [priceType({ id: 't' })],
      prices: ['a', 'b', '1'].map((value) => price({ offerId: 'g', priceTypeId: 't', value })),
    })
    const before = await catalogue()
    const session = await importNow(['catalog'], source, { dryRun: true })

    expect(session.status).toBe('FAILED')
    expect(session.errorMessage).toContain('2 из 3')
    expect(problemsOf(session)).toEqual(['error bad_number × 2'])
    expect(await catalogue()).toEqual(before)
  })
})
