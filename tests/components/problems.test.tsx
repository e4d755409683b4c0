import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { rowUrlsOf } from '@/components/catalog/row-url'
import { EmptyProblems } from '@/components/imports/empty-problems'
import { ProblemFilters } from '@/components/imports/problem-filters'
import { ProblemGroups } from '@/components/imports/problem-groups'
import { ProblemLinks } from '@/components/imports/problem-links'
import { ProblemTable } from '@/components/imports/problem-table'
import type { KeptProblem } from '@/lib/imports/session'
import { renderEnglishPage, renderPage } from '@/tests/components/render'

const rowUrl = rowUrlsOf({ id: 7, dryRun: false }, 'VIEWER')

const problem = (changes: Partial<KeptProblem> = {}): KeptProblem => ({
  id: 1n,
  step: 'goods',
  severity: 'error',
  code: 'missing_name',
  file: 'goods/goods.xml',
  line: 204,
  externalId: 'p-17',
  field: 'Наименование',
  message: 'Укажите наименование товара в 1С.',
  sentence: null,
  ...changes,
})

test('a problem tells what, where and what to mend', () => {
  renderPage(
    <ProblemTable
      problems={[problem(), problem({ id: 2n, severity: 'warning', step: null, line: null })]}
      rowUrl={rowUrl}
    />,
  )
  expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
    'Важность',
    'Этап',
    'Замечание',
    'Где',
    'Ид в 1С',
    'Поле',
    'Пояснение',
  ])
  const [, first, second] = screen.getAllByRole('row')
  for (const text of ['Ошибка', 'Товары', 'Нет наименования', 'missing_name', 'goods/goods.xml:204', 'p-17'])
    expect(within(first as HTMLElement).getByText(text)).toBeVisible()
  expect(first).toHaveTextContent('Укажите наименование товара в 1С.')
  expect(second).toHaveTextContent('Предупреждение')
  expect(second).toHaveTextContent('Сессия в целом')
  expect(within(second as HTMLElement).getByText('goods/goods.xml')).toBeVisible()
})

test('a problem is explained in the language of whoever reads it; what these pages cannot say, as it was stored', () => {
  const sentence = { key: 'missingName', values: { record: { key: 'record.good' } } } as const
  renderEnglishPage(<ProblemTable problems={[problem({ sentence })]} rowUrl={rowUrl} />)
  expect(screen.getByText(/^Good without a name\. Enter a name in 1C/)).toBeVisible()

  const newer = { key: 'brandNew' as 'nothing' }
  renderEnglishPage(<ProblemTable problems={[problem({ sentence: newer })]} rowUrl={rowUrl} />)
  expect(screen.getByText('Укажите наименование товара в 1С.')).toBeVisible()
})

test('an id of 1C leads to its row, where the problem is of a step and the reader may see that', () => {
  renderPage(
    <ProblemTable
      problems={[
        problem({ externalId: 'p/1 50%' }),
        problem({ id: 2n, step: 'customers', externalId: 'c' }),
        problem({ id: 3n, step: null, externalId: 'x' }),
        problem({ id: 4n, externalId: '..' }),
      ]}
      rowUrl={rowUrl}
    />,
  )
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    '/admin/catalog/goods/p%2F1%2050%25?from=7',
  ])
  for (const id of ['c', 'x', '..']) expect(screen.getByText(id)).toBeVisible()
})

test('a code that these pages do not know yet stands for itself', () => {
  renderPage(<ProblemTable problems={[problem({ code: 'brand_new' })]} rowUrl={rowUrl} />)
  expect(screen.getAllByText('brand_new')).toHaveLength(2)
})

test('a group leads to all of its problems, and the section to the file', async () => {
  renderPage(
    <>
      <ProblemLinks sessionId={7} />
      <ProblemGroups
        sessionId={7}
        active={false}
        rowUrl={rowUrl}
        groups={[
          { step: 'prices', severity: 'warning', code: 'dangling_reference', count: 21_000, examples: [problem()] },
          { step: null, severity: 'warning', code: 'file_not_used', count: 1, examples: [] },
        ]}
      />
    </>,
  )
  expect(screen.getByRole('link', { name: 'Скачать CSV' })).toHaveAttribute('href', '/admin/imports/7/problems.csv')
  await userEvent.click(screen.getByText('Ссылка на то, чего ещё нет'))
  expect(screen.getByRole('link', { name: /Показать все 21.000 записей/ })).toHaveAttribute(
    'href',
    '/admin/imports/7/problems?severity=warning&step=prices&code=dangling_reference',
  )
  await userEvent.click(screen.getByText('Файл не использован'))
  expect(screen.getByRole('link', { name: 'Показать 1 запись' })).toHaveAttribute(
    'href',
    '/admin/imports/7/problems?severity=warning&step=session&code=file_not_used',
  )
})

test('the filters offer what the session has, and keep what the address asks for', () => {
  renderPage(
    <ProblemFilters
      sessionId={7}
      filter={{ page: 1, step: 'session', code: 'bad_inn', search: 'abc' }}
      list={{ steps: ['session', 'goods'], codes: ['missing_name'] }}
    />,
  )
  const options = (name: string) =>
    within(screen.getByRole('combobox', { name }))
      .getAllByRole('option')
      .map((option) => option.textContent)
  expect(options('Этап')).toEqual(['Все этапы', 'Сессия в целом', 'Товары'])
  expect(options('Замечание')).toEqual(['Все замечания', 'Нет наименования', 'Неверный ИНН'])
  expect(screen.getByRole('combobox', { name: 'Замечание' })).toHaveValue('bad_inn')
  expect(screen.getByRole('searchbox', { name: 'Поиск' })).toHaveValue('abc')
  expect(screen.getByRole('link', { name: 'Сбросить условия' })).toHaveAttribute('href', '/admin/imports/7/problems')
})

test.each([
  [{ total: 0, kept: 0, counted: 0 }, false, 'Замечаний нет.'],
  [{ total: 0, kept: 0, counted: 0 }, true, 'Пока замечаний нет.'],
  [{ total: 5, kept: 5, counted: 0 }, false, 'Ничего не найдено.'],
  [{ total: 20_000, kept: 10_000, counted: 700 }, false, 'Подробностей об этих замечаниях нет.'],
])('an empty list says why: %j', (list, active, title) => {
  renderPage(<EmptyProblems sessionId={7} list={list} active={active} />)
  expect(screen.getByText(title)).toBeVisible()
})
