import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { choicesOf } from '@/app/admin/imports/new/start-request'
import { StartForm } from '@/components/imports/start-form'
import type { StartFormState, StartProblem, TypeOffer } from '@/components/imports/start-form-state'
import { renderPage } from '@/tests/components/render'

const offers: TypeOffer[] = [
  {
    type: 'catalog',
    needs: [
      { kind: 'goods', required: true, files: ['goods/1/import.xml', 'goods/2/import.xml'] },
      { kind: 'stock', required: false, files: [] },
    ],
    needsCatalog: false,
  },
  { type: 'stocks', needs: [{ kind: 'stock', required: true, files: [] }], needsCatalog: true },
]

/** The form, with an action that keeps what it got and refuses it. */
function show({ problem = null, mayStart = true }: { problem?: StartProblem | null; mayStart?: boolean }) {
  const submitted: FormDataEntryValue[][] = []
  const action = async (_: StartFormState, form: FormData): Promise<StartFormState> => {
    submitted.push(form.getAll('types'))
    return { ...choicesOf(form), problem }
  }
  renderPage(<StartForm offers={offers} mayStart={mayStart} action={action} />)
  return submitted
}

const submit = () => screen.getByRole('button', { name: 'Запустить импорт' })
const type = (name: string) => screen.getByRole('checkbox', { name })

test('each type tells what it needs, and whether it was found', () => {
  show({})
  expect(type('Полный каталог')).toHaveAccessibleDescription(/Товары: найдено \(goods\/1\/import\.xml и ещё 1\)/)
  expect(type('Остатки')).toHaveAccessibleDescription(/Остатки: не найдено/)
  expect(type('Остатки')).toHaveAccessibleDescription(/ещё нет товаров/)
})

test('what was chosen is sent, and survives a refusal that is said where it belongs', async () => {
  const submitted = show({ problem: { reason: 'files_missing', kinds: ['stock'] } })
  await userEvent.click(type('Остатки'))
  await userEvent.click(submit())
  expect(submitted).toEqual([['stocks']])
  expect(await screen.findByRole('alert')).toHaveTextContent('В выгрузке нет того, что для этого нужно: Остатки.')
  expect(type('Остатки')).toBeChecked()
  expect(type('Остатки')).toBeInvalid()
  expect(type('Остатки')).toHaveAccessibleDescription(/В выгрузке нет того/)
  expect(type('Полный каталог')).toBeValid()
})

test('nothing chosen is said at the choice', async () => {
  show({ problem: { reason: 'no_types' } })
  await userEvent.click(submit())
  await screen.findByRole('alert')
  expect(screen.getByRole('group', { name: 'Что импортировать' })).toHaveAccessibleDescription(
    'Выберите, что импортировать.',
  )
})

test('an import that runs already is named with a link', async () => {
  show({ problem: { reason: 'already_active', sessionId: 7 } })
  await userEvent.click(type('Полный каталог'))
  await userEvent.click(submit())
  expect(await screen.findByRole('link', { name: 'сессия 7' })).toHaveAttribute('href', '/admin/imports/7')
})

test('a viewer sees the form, but cannot use it, and why', () => {
  show({ mayStart: false })
  expect(type('Полный каталог')).toBeDisabled()
  expect(submit()).toBeDisabled()
  expect(submit()).toHaveAccessibleDescription(/только для просмотра/)
})

test('what is not in the export is named without being asked for', () => {
  show({})
  expect(type('Полный каталог')).toHaveAccessibleDescription(/Нет в выгрузке Остатки/)
})

test('the conditions are off unless ticked, are sent, and survive a refusal', async () => {
  const sent: FormData[] = []
  const action = async (_: StartFormState, form: FormData): Promise<StartFormState> => {
    sent.push(form)
    return { ...choicesOf(form), problem: { reason: 'no_types' } }
  }
  renderPage(<StartForm offers={offers} mayStart action={action} />)
  expect(type('Разрешить массовое отключение')).toHaveAccessibleDescription(/30\s% и больше/)
  await userEvent.click(submit())
  expect(sent.map(choicesOf)).toEqual([{ types: [], dryRun: false, allowMassDeactivation: false }])
  await userEvent.click(type('Пробный запуск'))
  await userEvent.click(submit())
  expect(sent.map(choicesOf)[1]).toEqual({ types: [], dryRun: true, allowMassDeactivation: false })
  expect(type('Пробный запуск')).toBeChecked()
  expect(type('Разрешить массовое отключение')).not.toBeChecked()
})

test('an earlier session can be started again with its types chosen already', () => {
  renderPage(<StartForm offers={offers} initialTypes={['stocks']} mayStart action={async (state) => state} />)
  expect(type('Остатки')).toBeChecked()
  expect(type('Полный каталог')).not.toBeChecked()
})
