import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ExternalId } from '@/components/catalog/external-id'
import type { RowUrlOf } from '@/components/catalog/row-url'
import { problemTitle } from '@/components/imports/problem-title'
import { SeverityLabel } from '@/components/imports/severity-label'
import { useTold } from '@/components/imports/told'
import { CardTable } from '@/components/ui/card-table'
import type { KeptProblem } from '@/lib/imports/session'

const COLUMNS = [
  ['severity', 'w-39'],
  ['step', 'w-28'],
  ['code', 'w-[15%]'],
  ['where', 'w-[14%]'],
  ['externalId', 'w-[13%]'],
  ['field', 'w-32'],
  ['message', ''],
] as const

/** Problems one by one: a table, or on a narrow screen a card each. */
export function ProblemTable({ problems, rowUrl }: { problems: KeptProblem[]; rowUrl: RowUrlOf }) {
  const t = useTranslations('problem')
  const columns = COLUMNS.map(([key, width]) => ({ key, heading: t(key), width }))
  return (
    <CardTable caption={t('title')} columns={columns}>
      {problems.map((problem) => (
        <ProblemRow key={problem.id} problem={problem} rowUrl={rowUrl} />
      ))}
    </CardTable>
  )
}

function ProblemRow({ problem, rowUrl }: { problem: KeptProblem; rowUrl: RowUrlOf }) {
  const t = useTranslations()
  const titles = useTranslations('problemCode')
  const told = useTold()
  const { severity, step, code, file, line, externalId, field, message, sentence } = problem
  return (
    <tr
      data-problem-code={code}
      className="flex flex-wrap gap-x-4 gap-y-1 border-line border-b px-3 py-2.5 align-top last:border-b-0 lg:table-row"
    >
      <td className={`${CELL} lg:pl-4`}>
        <SeverityLabel severity={severity} />
      </td>
      <td className={`${CELL} ${SMALL} max-lg:text-muted`}>{step ? t(`step.${step}`) : t('problem.whole')}</td>
      <td className={`${CELL} max-lg:w-full`}>
        <span className="font-medium max-lg:mr-2">{problemTitle(titles, code)}</span>
        <code className="text-muted text-xs [overflow-wrap:anywhere] lg:block">{code}</code>
      </td>
      <td className={`${CELL} ${SMALL} max-lg:order-2`}>
        {file ? <span className="font-mono">{line === null ? file : `${file}:${line}`}</span> : <Nothing />}
      </td>
      <td className={`${CELL} ${SMALL} max-lg:order-2`}>
        <NarrowLabel>{t('problem.externalId')}</NarrowLabel>
        {externalId ? <ExternalId id={externalId} url={step && rowUrl(step, externalId)} /> : <Nothing />}
      </td>
      <td className={`${CELL} ${SMALL} max-lg:order-2 ${field ? '' : 'max-lg:hidden'}`}>
        <NarrowLabel>{t('problem.field')}</NarrowLabel>
        {field ?? <Nothing />}
      </td>
      <td className={`${CELL} max-lg:order-1 max-lg:w-full [overflow-wrap:anywhere] lg:pr-4`}>
        {told(message, sentence)}
      </td>
    </tr>
  )
}

const CELL = 'max-lg:block max-lg:p-0 lg:px-2.5 lg:py-2'
const SMALL = 'text-xs leading-5 [overflow-wrap:anywhere]'

const Nothing = () => <span className="text-muted">—</span>

/** The column's name, where the card has no column heads; the table's own head names it for a screen reader. */
const NarrowLabel = ({ children }: { children: ReactNode }) => (
  <span aria-hidden className="mr-2 text-muted lg:hidden">
    {children}
  </span>
)
