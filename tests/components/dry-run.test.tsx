import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { DryRunNotice } from '@/components/imports/dry-run'
import { SessionFacts } from '@/components/imports/session-facts'
import { SessionTrouble } from '@/components/imports/session-trouble'
import { StartedNotice } from '@/components/imports/started-notice'
import { StepReport } from '@/components/imports/step-report'
import type { SessionDetails } from '@/lib/imports/session'
import { renderPage } from '@/tests/components/render'
import { stepReport } from '@/tests/components/step-report'

const AT = new Date('2026-11-22T13:35:42Z')

const session = (changes: Partial<SessionDetails> = {}): SessionDetails => ({
  id: 12,
  types: ['catalog', 'customers'],
  status: 'COMPLETED',
  dryRun: true,
  allowMassDeactivation: false,
  jobId: '345',
  jobState: 'SUCCESS',
  attempt: 1,
  maxAttempts: null,
  retryAt: null,
  waiting: null,
  cancelRequestedAt: null,
  errorMessage: null,
  errorSentence: null,
  progress: 1,
  reported: {
    share: 1,
    bytesTotal: null,
    bytesRead: 0,
    currentFile: null,
    fileNumber: null,
    filesTotal: null,
    rowsDone: 0,
    recordsPerSecond: null,
    secondsLeft: null,
    at: null,
  },
  rowsTotal: null,
  currentStep: null,
  currentFile: null,
  stepsDone: 0,
  stepsTotal: 10,
  createdAt: AT,
  startedAt: AT,
  finishedAt: AT,
  source: '/export',
  startedBy: null,
  cancelledBy: null,
  origin: null,
  repeats: [],
  schedule: null,
  steps: [],
  attempts: [],
  files: [],
  log: [],
  logTotal: 0,
  problems: [],
  ...changes,
})

test('a dry run that is over says that nothing was written, and leads to the real import with the same types', () => {
  renderPage(<DryRunNotice session={session()} mayStart />)
  expect(screen.getByText(/В базу ничего не записано. Отчёт и замечания показывают/)).toBeVisible()
  expect(screen.getByRole('link', { name: 'Запустить по-настоящему' })).toHaveAttribute(
    'href',
    '/admin/imports/new?type=catalog&type=customers',
  )
})

test('a dry run that runs says that nothing will be written', () => {
  renderPage(<DryRunNotice session={session({ status: 'IN_PROGRESS', jobState: 'STARTED' })} mayStart />)
  expect(screen.getByText(/в базу не запишется ни одной строки/)).toBeVisible()
  expect(screen.queryByRole('link')).toBeNull()
})

test('a failed dry run offers no real one, and a viewer is offered none at all', () => {
  renderPage(
    <>
      <DryRunNotice session={session({ status: 'FAILED', jobState: 'FAILURE' })} mayStart />
      <DryRunNotice session={session()} mayStart={false} />
    </>,
  )
  expect(screen.queryByRole('link')).toBeNull()
})

test('the notice of a start says when nothing will be written', () => {
  renderPage(<StartedNotice session={session()} dismissUrl="/admin/imports" />)
  expect(screen.getByRole('status')).toHaveTextContent(
    'Пробный запуск начат: сессия 12, задача № 345. В базу ничего не будет записано.',
  )
})

test('the facts name what the session was started with', () => {
  renderPage(<SessionFacts session={session({ allowMassDeactivation: true })} />)
  expect(screen.getByText('Пробный запуск')).toBeVisible()
  expect(screen.getByText('Массовое отключение разрешено')).toBeVisible()
})

test('an import that the 30 % guard stopped says in full what to do', () => {
  const errorMessage =
    'Полная выгрузка не упоминает 120 из 300 активных товаров: они были бы отключены. Проверьте, что 1С выгрузила всё; если так и задумано, запустите импорт ещё раз и отметьте «Разрешить массовое отключение».'
  renderPage(
    <SessionTrouble
      session={session({ status: 'FAILED', jobState: 'FAILURE', dryRun: false, errorMessage })}
      mayStart
    />,
  )
  expect(screen.getByText(errorMessage)).toBeVisible()
  expect(screen.getByRole('link', { name: 'Запустить импорт ещё раз' })).toHaveAttribute(
    'href',
    '/admin/imports/new?type=catalog&type=customers',
  )
})

test('the report says what «switched off» means for stock and for images', () => {
  const steps = [
    stepReport({ kind: 'goods', deactivated: 4 }),
    stepReport({ kind: 'stock', deactivated: 1200 }),
    stepReport({ kind: 'images', deactivated: 3 }),
  ]
  renderPage(<StepReport session={session({ steps })} />)
  const titles = [...document.querySelectorAll('td[data-counter="deactivated"]')].map((cell) =>
    cell.getAttribute('title'),
  )
  expect(titles).toEqual([null, 'Обнулено остатков: 1\u00A0200', 'Откреплено изображений: 3'])
  expect(screen.getByText(/для остатков\s— обнулено, для изображений\s— откреплено/)).toBeVisible()
})
