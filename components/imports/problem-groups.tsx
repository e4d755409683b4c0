import { ArrowRight, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { RowUrlOf } from '@/components/catalog/row-url'
import { ProblemExamples } from '@/components/imports/problem-examples'
import { problemTitle } from '@/components/imports/problem-title'
import { problemsUrl } from '@/components/imports/problem-url'
import { SeverityLabel } from '@/components/imports/severity-label'
import type { ProblemGroup } from '@/lib/imports/session'

interface ProblemGroupsProps {
  sessionId: number
  groups: ProblemGroup[]
  active: boolean
  rowUrl: RowUrlOf
}

/** What could not be imported as it stands, or was with a caveat, grouped by code. */
export function ProblemGroups({ sessionId, groups, active, rowUrl }: ProblemGroupsProps) {
  const t = useTranslations('problem')
  if (groups.length === 0) return <p className="text-muted">{active ? t('soFar') : t('none')}</p>
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {groups.map((group) => (
        <li key={`${group.step}-${group.severity}-${group.code}`} data-problem-code={group.code}>
          <Group sessionId={sessionId} group={group} rowUrl={rowUrl} />
        </li>
      ))}
    </ul>
  )
}

function Group({ sessionId, group, rowUrl }: Omit<ProblemGroupsProps, 'groups' | 'active'> & { group: ProblemGroup }) {
  const t = useTranslations()
  const titles = useTranslations('problemCode')
  const { severity, code, step, count, examples } = group
  return (
    <details className="group">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-2 hover:bg-raised/50">
        <SeverityLabel severity={severity} className="w-36" />
        <span className="min-w-40 flex-1">
          {problemTitle(titles, code)}
          <span className="text-muted"> · {step ? t(`step.${step}`) : t('problem.whole')}</span>
        </span>
        <span className="tabular-nums" data-problem-count={count}>
          {t('problem.count', { count })}
        </span>
        <ChevronRight aria-hidden className="size-4 text-muted motion-safe:transition-transform group-open:rotate-90" />
      </summary>
      <div className="space-y-2 border-line border-t px-3.5 py-2.5">
        <ProblemExamples examples={examples} urlOf={(id) => step && rowUrl(step, id)} />
        <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-muted text-xs">
          <span>
            <code>{code}</code>
            {examples.length < count ? ` · ${t('problem.examples', { shown: examples.length, count })}` : null}
          </span>
          <Link
            href={problemsUrl(sessionId, { severity, step: step ?? 'session', code })}
            prefetch={false}
            className="inline-flex items-center gap-1 text-accent underline-offset-2 hover:underline"
          >
            {t('problem.showAll', { count })}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        </p>
      </div>
    </details>
  )
}
