import { ChevronRight, CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ProblemExamples } from '@/components/imports/problem-examples'
import type { ProblemGroup } from '@/lib/imports/session'

/** What could not be imported as it stands, or was with a caveat, grouped by code. */
export function ProblemGroups({ groups, active }: { groups: ProblemGroup[]; active: boolean }) {
  const t = useTranslations('problem')
  if (groups.length === 0) return <p className="text-muted">{active ? t('soFar') : t('none')}</p>
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {groups.map((group) => (
        <li key={`${group.step}-${group.severity}-${group.code}`} data-problem-code={group.code}>
          <Group group={group} />
        </li>
      ))}
    </ul>
  )
}

function Group({ group }: { group: ProblemGroup }) {
  const t = useTranslations()
  const { severity, code, step, count, examples } = group
  const Icon = severity === 'error' ? CircleX : TriangleAlert
  return (
    <details className="group">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-2 hover:bg-raised/50">
        <span
          className={`inline-flex w-36 items-center gap-1.5 font-medium text-xs ${severity === 'error' ? 'text-red-ink' : 'text-orange-ink'}`}
        >
          <Icon aria-hidden className="size-4 shrink-0" />
          {t(`problem.${severity}`)}
        </span>
        <span className="min-w-40 flex-1">
          {t.has(`problemCode.${code}` as 'problemCode.missing_id')
            ? t(`problemCode.${code}` as 'problemCode.missing_id')
            : code}
          <span className="text-muted"> · {step ? t(`step.${step}`) : t('problem.whole')}</span>
        </span>
        <span className="tabular-nums" data-problem-count={count}>
          {t('problem.count', { count })}
        </span>
        <ChevronRight aria-hidden className="size-4 text-muted motion-safe:transition-transform group-open:rotate-90" />
      </summary>
      <div className="space-y-2 border-line border-t px-3.5 py-2.5">
        <ProblemExamples examples={examples} />
        <p className="text-muted text-xs">
          <code>{code}</code>
          {examples.length < count ? ` · ${t('problem.examples', { shown: examples.length, count })}` : null}
        </p>
      </div>
    </details>
  )
}
