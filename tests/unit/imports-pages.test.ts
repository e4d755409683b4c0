import { expect, test } from 'vitest'
import { problemFilterOf } from '@/app/admin/imports/[id]/problems/problem-params'
import { choicesOf, typesOf } from '@/app/admin/imports/new/start-request'
import { parseSearchParams } from '@/app/admin/imports/search-params'
import { firstPageUrl, historyCsvUrl, listUrl } from '@/components/imports/list-url'
import { pagesAround } from '@/components/imports/pages-around'
import { problemsCsvUrl, problemsUrl } from '@/components/imports/problem-url'
import { splitDuration } from '@/components/imports/split-duration'
import { splitSize } from '@/components/imports/split-size'
import { stageOf } from '@/components/imports/stage'
import { addDays, dayOf, startOfDay } from '@/lib/day'
import { isTimeZone } from '@/lib/i18n/locales'
import { sessionIdOf } from '@/lib/imports/session-id'
import { localPath } from '@/lib/local-path'

const running = {
  status: 'IN_PROGRESS',
  jobState: 'STARTED',
  currentStep: null,
  currentFile: null,
  stepsDone: 0,
  stepsTotal: 8,
} as const

test('a duration is cut into what a person reads', () => {
  expect(splitDuration(-5)).toMatchObject({ unit: 'seconds', seconds: 0 })
  expect(splitDuration(3_440)).toMatchObject({ unit: 'seconds', seconds: 3.4 })
  // Never «60 с», never «10,0 с».
  expect(splitDuration(9_960)).toMatchObject({ unit: 'seconds', seconds: 10 })
  expect(splitDuration(59_700)).toEqual({ unit: 'minutes', hours: 0, minutes: 1, seconds: 0 })
  expect(splitDuration(3_600_000)).toEqual({ unit: 'hours', hours: 1, minutes: 0, seconds: 0 })
  expect(splitDuration(90_000_000)).toMatchObject({ unit: 'hours', hours: 25 })
})

test('a size is told in the unit a person reads', () => {
  expect(splitSize(0)).toEqual({ value: 0, unit: 'b' })
  expect(splitSize(999)).toEqual({ value: 999, unit: 'b' })
  expect(splitSize(1000)).toEqual({ value: 1, unit: 'kb' })
  expect(splitSize(3_800_000)).toEqual({ value: 3.6, unit: 'mb' })
  expect(splitSize(5 * 1024 ** 4)).toEqual({ value: 5120, unit: 'gb' })
})

test('a session that waits, reads, applies or is lost says so', () => {
  expect(stageOf({ ...running, status: 'STARTED', jobState: 'PENDING' })).toEqual({ kind: 'queued' })
  expect(stageOf(running)).toEqual({ kind: 'reading' })
  expect(stageOf({ ...running, stepsDone: 4, currentStep: 'goods' })).toEqual({
    kind: 'step',
    number: 5,
    total: 8,
    step: 'goods',
  })
  expect(stageOf({ ...running, stepsDone: 4 })).toMatchObject({ kind: 'step', number: 5, step: null })
  // Behind the last step, before the session is settled, there is no ninth of eight.
  expect(stageOf({ ...running, stepsDone: 8 })).toMatchObject({ kind: 'step', number: 8 })
  // A retry reads the files again, although four steps are done.
  expect(stageOf({ ...running, stepsDone: 4, currentFile: 'goods.xml' })).toEqual({ kind: 'reading' })
  expect(stageOf({ ...running, jobState: 'RETRY' })).toEqual({ kind: 'retry' })
  expect(stageOf({ ...running, jobState: 'LOST', currentStep: 'goods' })).toEqual({ kind: 'lost' })
  expect(stageOf({ ...running, status: 'COMPLETED_WITH_ERRORS', jobState: 'SUCCESS' })).toEqual({
    kind: 'done',
    total: 8,
  })
  expect(stageOf({ ...running, status: 'FAILED', jobState: 'FAILURE', stepsDone: 2 })).toEqual({
    kind: 'stopped',
    done: 2,
    total: 8,
  })
})

test('what makes no sense in the address of the list is as good as not there', () => {
  const { filter: nothing } = parseSearchParams({})
  expect(Object.values(nothing).every((value) => value === undefined)).toBe(true)
  for (const given of [
    { status: 'RUNNING', type: '', q: '  ', page: '-1', started: '1e99', x: ['a', 'b'] },
    { status: ['FAILED', 'FAILED'], who: '0', from: '2026-02-30', to: '22.11.2026', q: 'a'.repeat(201) },
    { who: 'me', sort: 'newest first', after: '1.2.3', before: '123456789012345.1' },
    { who: '2147483648', from: '1026-01-01', after: '5.9999999999', before: "1' or '1" },
  ]) {
    expect(parseSearchParams(given)).toEqual({ filter: nothing, started: undefined })
  }
})

test('the address of a filter holds what is set and nothing else, and is read as it was written', () => {
  expect(listUrl({})).toBe('/admin/imports')
  expect(listUrl({ status: 'FAILED', search: 'a b', order: 'newest' })).toBe('/admin/imports?status=FAILED&q=a+b')
  const filter = {
    status: 'FAILED',
    type: 'prices',
    who: 7,
    from: '2026-02-28',
    to: '2026-03-01',
    search: 'файл',
    order: 'longest',
    after: '-5.12',
  } as const
  const url = listUrl(filter)
  expect(parseSearchParams(Object.fromEntries(new URL(url, 'http://x').searchParams)).filter).toEqual(filter)
  expect(firstPageUrl(filter)).not.toContain('after')
  expect(historyCsvUrl({ who: 'system', before: '5.1' })).toBe('/admin/imports/history.csv?who=system')
})

test('a day begins when it does where the reader is', () => {
  const begins = (day: string, zone: string) => startOfDay(day, zone).toISOString()
  expect(begins('2026-11-22', 'Europe/Moscow')).toBe('2026-11-21T21:00:00.000Z')
  expect(begins('2026-11-22', 'UTC')).toBe('2026-11-22T00:00:00.000Z')
  expect(begins('2026-11-22', 'Asia/Kolkata')).toBe('2026-11-21T18:30:00.000Z')
  // Days on which the clocks change, before and after noon of UTC.
  expect(begins('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
  expect(begins('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  expect(begins('2026-11-01', 'America/New_York')).toBe('2026-11-01T04:00:00.000Z')
  // Midnight itself is skipped: the day begins at one.
  expect(begins('2026-03-27', 'Asia/Beirut')).toBe('2026-03-26T22:00:00.000Z')
  expect(begins('2026-03-29', 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z')
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(dayOf(new Date('2026-11-21T21:00:00Z'), 'Europe/Moscow')).toBe('2026-11-22')
})

test('what makes no sense in the address of the problems is as good as not there', () => {
  const nothing = { severity: undefined, step: undefined, code: undefined, search: undefined, page: 1 }
  expect(problemFilterOf({})).toEqual(nothing)
  expect(problemFilterOf({ severity: 'fatal', step: 'x', code: "'; drop", q: ' ', page: '0' })).toEqual(nothing)
  const filter = { severity: 'error', step: 'session', code: 'bad_inn', search: 'a b', page: 2 } as const
  expect(problemsUrl(7, filter)).toBe('/admin/imports/7/problems?severity=error&step=session&code=bad_inn&q=a+b&page=2')
  expect(problemsCsvUrl(7, filter)).toBe('/admin/imports/7/problems.csv?severity=error&step=session&code=bad_inn&q=a+b')
  expect(problemFilterOf(Object.fromEntries(new URL(problemsUrl(7, filter), 'http://x').searchParams))).toEqual(filter)
  expect(problemsUrl(7)).toBe('/admin/imports/7/problems')
})

test('a session number is what the database can hold', () => {
  expect(['1', '2147483647', '2147483648', '0', '01', '-1', '1.5', '1e3', ''].map(sessionIdOf)).toEqual([
    1,
    2147483647,
    ...Array.from({ length: 7 }, () => null),
  ])
})

test('only what the start form offers counts as chosen', () => {
  const form = new FormData()
  form.append('types', 'variants')
  form.append('types', 'customers')
  form.append('dryRun', 'on')
  expect(choicesOf(form)).toEqual({ types: ['variants', 'customers'], dryRun: true, allowMassDeactivation: false })
  form.append('types', 'orders')
  form.set('dryRun', 'true')
  form.set('allowMassDeactivation', 'on')
  expect(choicesOf(form)).toEqual({ types: [], dryRun: false, allowMassDeactivation: true })
  expect(typesOf(undefined)).toEqual([])
  expect(typesOf('images')).toEqual(['images'])
  expect(typesOf(['images', 'stocks'])).toEqual(['images', 'stocks'])
})

test('the first, the last and the neighbouring pages get a link', () => {
  expect(pagesAround(1, 1)).toEqual([1])
  expect(pagesAround(1, 9)).toEqual([1, 2, 9])
  expect(pagesAround(5, 9)).toEqual([1, 4, 5, 6, 9])
})

test.each([
  ['/admin/imports/7?a=1#x', '/admin/imports/7?a=1#x'],
  ['https://evil.example/', '/admin/imports'],
  ['//evil.example/', '/admin/imports'],
  ['/\\evil.example', '/admin/imports'],
  ['/\t/evil.example', '/admin/imports'],
  ['/x/..//evil.example', '/evil.example'],
  ['javascript:alert(1)', '/admin/imports'],
  ['admin', '/admin/imports'],
  ['/login?callbackUrl=/login', '/admin/imports'],
  [undefined, '/admin/imports'],
  [['/a', '/b'], '/admin/imports'],
])('after signing in %j leads to %j', (value, path) => {
  expect(localPath(value)).toBe(path)
})

test('a time zone is one this machine knows', () => {
  expect(isTimeZone('Asia/Yekaterinburg')).toBe(true)
  expect(isTimeZone('Mars/Olympus')).toBe(false)
})
