import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AuditTable } from '@/components/audit/audit-table'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import type { AuditRow } from '@/lib/audit/queries'
import en from '@/messages/en.json'
import ru from '@/messages/ru.json'
import { renderPage } from '@/tests/components/render'

const entry = (given: Partial<AuditRow>): AuditRow => ({
  id: 1n,
  at: new Date('2026-11-22T10:00:00Z'),
  actor: { id: 1, email: 'a@obmen.test' },
  action: 'import.started',
  subject: '5',
  details: null,
  ...given,
})

let rendered: ReturnType<typeof renderPage> | undefined

const rowOf = (given: Partial<AuditRow>) => {
  rendered?.unmount()
  rendered = renderPage(<AuditTable entries={[entry(given)]} />)
  return screen.getAllByRole('row')[1] as HTMLElement
}

test.each([
  [{ details: { types: ['catalog', 'prices'], dryRun: false } }, 'Запущен импорт', 'типы: Полный каталог, Цены'],
  [
    { action: 'user.role_changed', details: { email: 'b@obmen.test', from: 'VIEWER', to: 'ADMIN' } },
    'Изменена роль',
    'наблюдатель → администратор',
  ],
  [{ action: 'moon.landed', details: { crew: 3, by: ['x'] } }, 'moon.landed', 'crew: 3 · by: x'],
  [{ action: '<b>', details: 'nothing of ours' }, '<b>', null],
])('says %j in words, and what it has no words for as it is', (given, action, details) => {
  const row = rowOf(given)
  expect(within(row).getByText(action)).toBeInTheDocument()
  if (details) expect(within(row).getByText(details)).toBeInTheDocument()
})

test('leads to what it tells of, where there is such a place', () => {
  expect(within(rowOf({})).getByRole('link', { name: 'Сессия 5' })).toHaveAttribute('href', '/admin/imports/5')
})

test('tells the system from somebody unknown', () => {
  expect(within(rowOf({ actor: null })).getByText('Система или командная строка')).toBeInTheDocument()
  expect(within(rowOf({ actor: null, action: 'sign_in.failed' })).getByText('Неизвестно кто')).toBeInTheDocument()
})

test('every action that is recorded has its words in both languages', () => {
  const known = (messages: object) =>
    Object.entries(messages).flatMap(([kind, words]) => Object.keys(words as object).map((what) => `${kind}.${what}`))
  expect(known(ru.audit)).toEqual(expect.arrayContaining([...AUDIT_ACTIONS]))
  expect(known(en.audit)).toEqual(expect.arrayContaining([...AUDIT_ACTIONS]))
})
