import { cleanup, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ControlScope } from '@/components/imports/control-scope'
import { SessionTable } from '@/components/imports/session-table'
import type { SessionSummary } from '@/lib/imports/session'
import type { Role } from '@/prisma/client/enums'
import { renderPage } from '@/tests/components/render'

const session = (changes: Partial<SessionSummary>): SessionSummary => ({
  id: 12,
  types: ['catalog', 'prices'],
  status: 'IN_PROGRESS',
  dryRun: false,
  startedBy: null,
  schedule: null,
  jobId: '345',
  jobState: 'STARTED',
  attempt: 1,
  maxAttempts: 4,
  retryAt: null,
  waiting: null,
  cancelRequestedAt: null,
  errorMessage: null,
  errorSentence: null,
  progress: 0.45,
  reported: {
    share: 0.45,
    bytesTotal: 40_000_000,
    bytesRead: 36_000_000,
    currentFile: 'goods/1/import.xml',
    fileNumber: 2,
    filesTotal: 5,
    rowsDone: 0,
    recordsPerSecond: 12_345,
    secondsLeft: 150,
    at: null,
  },
  rowsTotal: null,
  currentStep: null,
  currentFile: 'goods/1/import.xml',
  stepsDone: 0,
  stepsTotal: 8,
  createdAt: new Date('2026-11-22T13:35:40Z'),
  startedAt: new Date('2026-11-22T13:35:42Z'),
  finishedAt: null,
  ...changes,
})

const rowOf = (changes: Partial<SessionSummary>, role: Role = 'OPERATOR') => {
  renderPage(
    <ControlScope control={async (state) => state}>
      <SessionTable sessions={[session(changes)]} role={role} />
    </ControlScope>,
  )
  const row = document.querySelector<HTMLElement>('tr[data-session-id="12"]')
  if (!row) throw new Error('no row')
  return row
}

test('the columns bear the names others rely on', () => {
  rowOf({})
  expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
    'ID',
    'Тип импорта',
    'Статус',
    'Задача',
    'Прогресс',
    'Начало',
    'Окончание',
    'Длительность',
  ])
})

test('the columns of time can be ordered by, both ways, and the filter stays', () => {
  const filter = { status: 'FAILED', order: 'longest', after: '5.1' } as const
  const role: Role = 'VIEWER'
  renderPage(<SessionTable sessions={[]} filter={filter} role={role} />)
  const head = (name: string) => screen.getByRole('columnheader', { name })
  expect(head('Длительность')).toHaveAttribute('aria-sort', 'descending')
  expect(head('Начало')).toHaveAttribute('aria-sort', 'none')
  expect(head('Статус')).not.toHaveAttribute('aria-sort')
  const href = (name: string) => within(head(name)).getByRole('link', { name }).getAttribute('href')
  expect(href('Длительность')).toBe('/admin/imports?status=FAILED&sort=shortest')
  expect(href('Начало')).toBe('/admin/imports?status=FAILED')
})

test('a running session tells its state, its progress and that it still runs', () => {
  const row = rowOf({})
  expect(row).toHaveAttribute('data-status', 'IN_PROGRESS')
  expect(row).toHaveAttribute('data-job-state', 'STARTED')
  expect(within(row).getByText('В процессе')).toBeVisible()
  expect(within(row).getByText('Выполняется')).toBeVisible()
  expect(within(row).getByText('В процессе…')).toBeVisible()
  expect(within(row).getByText('Полный каталог, Цены')).toBeVisible()
  expect(within(row).getByRole('progressbar', { name: 'Прогресс сессии 12' })).toHaveAttribute(
    'aria-valuetext',
    '45\u00A0% · Чтение goods/1/import.xml, файл 2 из 5, 34 МБ из 38 МБ, 12\u00A0000 записей/с, осталось около 3 мин',
  )
  expect(within(row).getByRole('link', { name: '12' })).toHaveAttribute('href', '/admin/imports/12')
  expect(within(row).getByRole('button', { name: /№ 345/ })).toHaveAttribute('title', expect.stringContaining('345'))
})

test('a retry tells which attempt, when the next is due, and the last error', () => {
  const retryAt = new Date(Date.now() + 19_900)
  const row = rowOf({ jobState: 'RETRY', attempt: 2, retryAt, errorMessage: 'Файл обрывается' })
  expect(row).toHaveTextContent('попытка 2 из 4, следующая через 20 с (')
  expect(row.querySelector(`time[datetime="${retryAt.toISOString()}"]`)).not.toBeNull()
  expect(within(row).getByText('Файл обрывается')).toHaveAttribute('title', 'Файл обрывается')
})

test('a lost job says what that means', () => {
  const row = rowOf({ jobState: 'LOST' })
  expect(within(row).getByText('Недоступно')).toBeVisible()
  expect(row).toHaveTextContent('выяснится в течение минуты')
})

test('a queued session has not begun', () => {
  const row = rowOf({ status: 'STARTED', jobState: 'PENDING', attempt: 0, startedAt: null, currentFile: null })
  expect(within(row).getByText('В очереди')).toBeVisible()
  expect(within(row).queryByText('В процессе…')).toBeNull()
  expect(row).toHaveTextContent('создана 16:35:40')
})

test('a finished session tells how long it took', () => {
  const finishedAt = new Date('2026-11-22T13:37:47Z')
  const row = rowOf({ status: 'COMPLETED', jobState: 'SUCCESS', progress: 1, stepsDone: 8, finishedAt })
  expect(within(row).getByText('2 мин 5 с')).toBeVisible()
  expect(within(row).getByText('8 этапов выполнено')).toBeVisible()
})

test.each([
  [{ startedBy: 'Анна Орлова' }, 'Анна Орлова'],
  [{ schedule: { id: 1, name: 'Ночью', isDeleted: false } }, 'расписание «Ночью»'],
  [{}, 'командная строка'],
])('a session tells who or what started it: %o', (session, starter) => {
  expect(within(rowOf(session)).getByTitle(`Запуск: ${starter}`)).toHaveTextContent(starter)
})

test('a dry run is marked as one, and no other session is', () => {
  expect(within(rowOf({ dryRun: true })).getByText('Пробный запуск')).toBeVisible()
  cleanup()
  expect(within(rowOf({})).queryByText('Пробный запуск')).toBeNull()
})

test('a queued session tells its place and whom it waits for, or that nobody works', () => {
  const queued = { status: 'STARTED', jobState: 'PENDING', attempt: 0, startedAt: null } as const
  const row = rowOf({ ...queued, waiting: { place: 2, before: 11, workerAlive: true } })
  expect(row).toHaveTextContent('2-я в очереди, после сессии 11')
  expect(within(row).getByRole('link', { name: 'сессии 11' })).toHaveAttribute('href', '/admin/imports/11')
  cleanup()
  expect(rowOf({ ...queued, waiting: { place: 1, before: null, workerAlive: false } })).toHaveTextContent(
    'ждёт обработчика',
  )
})

test('a session that is being cancelled says so, and cannot be cancelled again', () => {
  const row = rowOf({ cancelRequestedAt: new Date() })
  expect(within(row).getByText('Отменяется…')).toBeVisible()
  expect(within(row).queryByRole('button', { name: /Отменить/ })).toBeNull()
})

test.each([
  ['OPERATOR', {}, ['Отменить']],
  ['OPERATOR', { jobState: 'RETRY', retryAt: new Date() }, ['Повторить сейчас', 'Отменить']],
  ['OPERATOR', { status: 'FAILED', jobState: 'FAILURE' }, ['Повторить']],
  ['VIEWER', {}, []],
  ['VIEWER', { status: 'COMPLETED', jobState: 'SUCCESS' }, []],
] as const)('an %s finds in a row what may be done to it: %o', (role, changes, commands) => {
  const row = rowOf(changes, role)
  const buttons = [...row.querySelectorAll<HTMLElement>('button[data-command]')]
  expect(buttons.map((button) => button.textContent)).toEqual(commands)
})
