import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { rowUrlsOf } from '@/components/catalog/row-url'
import { ChangedIds } from '@/components/imports/changed-ids'
import type { Role } from '@/prisma/client/enums'
import { renderPage } from '@/tests/components/render'
import { stepReport } from '@/tests/components/step-report'

const STEPS = [
  stepReport({ kind: 'goods', changes: { created: ['a#b/ц 5%'] } }),
  stepReport({ kind: 'customers', changes: { created: ['somebody'] } }),
]

function linksOf(role: Role, dryRun = false): (string | null)[] {
  renderPage(<ChangedIds steps={STEPS} active={false} rowUrl={rowUrlsOf({ id: 7, dryRun }, role)} />)
  return screen.queryAllByRole('link', { hidden: true }).map((link) => link.getAttribute('href'))
}

test('a changed id leads to its row and knows the way back, and can be copied beside that', () => {
  expect(linksOf('OPERATOR')).toEqual([
    '/admin/catalog/goods/a%23b%2F%D1%86%205%25?from=7',
    '/admin/catalog/customers/somebody?from=7',
  ])
  for (const id of ['a#b/ц 5%', 'somebody']) {
    expect(screen.getByRole('link', { name: id, hidden: true })).toBeInTheDocument()
    expect(screen.getByRole('button', { name: `Скопировать идентификатор 1С ${id}`, hidden: true })).toBeInTheDocument()
  }
})

test('a viewer is led to goods, but not to customers', () => {
  expect(linksOf('VIEWER')).toEqual(['/admin/catalog/goods/a%23b%2F%D1%86%205%25?from=7'])
  expect(screen.getByRole('button', { name: 'Скопировать идентификатор 1С somebody', hidden: true })).toHaveTextContent(
    'somebody',
  )
})

test('the ids of a dry run lead nowhere: what they name was rolled back', () => {
  expect(linksOf('ADMIN', true)).toEqual([])
})
